/** The body of the course's mock event: one flower, an iris setosa. */
export const EXAMPLE_BODY = { values: [[5.1, 3.5, 1.4, 0.2]] };

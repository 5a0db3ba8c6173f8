/** Who drives the workflow: each is an arm. */
export const modes = ['CLASSIC', 'FUTURE_BASED', 'STEP_FUNCTIONS'] as const;

export type Mode = (typeof modes)[number];

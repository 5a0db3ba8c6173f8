/** AWS's limits of a page of events: whichever is reached first ends it. */
export const MAX_EVENTS_PER_PAGE = 10_000;
export const MAX_PAGE_BYTES = 1_048_576;

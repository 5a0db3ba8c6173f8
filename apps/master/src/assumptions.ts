// Assumed for estimates, and said so: nothing has been measured yet when a person asks what a run would cost.

/** Of one invocation. */
export const assumedDurationMs = 400;
/** Of one cold start. */
export const assumedInitMs = 600;

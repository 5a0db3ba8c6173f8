// Assumed for estimates, and said so: nothing has been measured yet when a person asks what a run would cost.

/** Of one invocation. */
export const assumedDurationMs = 400;
/** Of one cold start. */
export const assumedInitMs = 600;
/** Of checks, deployment, warm-up and comparison together, on the embedded cloud; a real account takes longer. */
export const assumedOverheadMs = 8000;

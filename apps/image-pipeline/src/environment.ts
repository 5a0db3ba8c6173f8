/** Set at deploy, read by the functions: the name of the bucket that they write to. */
export const RESULTS_BUCKET_VARIABLE = 'SKYGROUND_RESULTS_BUCKET';

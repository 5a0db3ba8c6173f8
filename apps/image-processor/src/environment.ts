/** Set at deploy, read by the handler. */
export const OUTPUT_BUCKET_VARIABLE = 'SKYGROUND_OUTPUT_BUCKET';

/** Set at deploy, read by the handler. */
export const OUTPUT_BUCKET_VARIABLE = 'SKYGROUND_OUTPUT_BUCKET';
/** The options of processing, as JSON. */
export const PROCESSING_VARIABLE = 'SKYGROUND_PROCESSING';

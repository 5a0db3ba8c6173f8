/** Quotas of AWS Lambda (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), read 2026-11-21. */

const MB = 1024 * 1024;

export const MAXIMUM_SYNC_PAYLOAD_BYTES = 6 * MB;
/** 256 KB until October 2025, 1 MB since. */
export const MAXIMUM_ASYNC_PAYLOAD_BYTES = 1 * MB;
/** As recorded in the message of Function.ResponseSizeTooLarge: 6 MB and 100 bytes. */
export const MAXIMUM_RESPONSE_BYTES = 6 * MB + 100;

/** Of an account, and what of it no function may reserve. */
export const ACCOUNT_CONCURRENCY = 1000;
export const MINIMUM_UNRESERVED = 100;

/** Direct upload; larger packages come from S3. */
export const MAXIMUM_ZIP_UPLOAD_BYTES = 50 * MB;
export const MAXIMUM_UNZIPPED_BYTES = 250 * MB;
/** Of all packages of an account, shown and not enforced. */
export const MAXIMUM_CODE_BYTES = 75 * 1024 * MB;
/** Not a documented quota: stops an archive of a million empty files. */
export const MAXIMUM_ZIP_ENTRIES = 50_000;

export const MAXIMUM_VARIABLES_BYTES = 4 * 1024;

export const MAXIMUM_INIT_MS = 10_000;
/** Of a provisioned environment; or the function's own time limit, where that is longer. */
export const MAXIMUM_PROVISIONED_INIT_MS = 130_000;
export const LOG_TAIL_BYTES = 4 * 1024;

export const DEFAULT_EVENT_AGE_SECONDS = 6 * 60 * 60;
export const DEFAULT_RETRY_ATTEMPTS = 2;

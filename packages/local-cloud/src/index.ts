export { type Clock, systemClock } from './clock.ts';
export { type CloudCredentials, LOCAL_ACCOUNT_ID, LOCAL_REGION } from './credentials.ts';
export { AwsError } from './errors.ts';
export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './local-cloud.ts';
export { DEFAULT_PORT, DEFAULT_STATE_DIR } from './process/default-state.ts';
export { type EnsureOptions, ensureLocalCloud, type RunningCloud } from './process/ensure-local-cloud.ts';
export { LocalCloudError } from './process/errors.ts';
export type { CpuShareOption, CpuShareSetting, LambdaOptions } from './services/lambda/index.ts';
export { StateFolderError, StateFolderInUseError } from './storage/open-database.ts';

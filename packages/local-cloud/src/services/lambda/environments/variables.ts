import { join } from 'node:path';
import type { CloudEnvironment } from '../../../server/environment.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { LambdaOptions } from '../options.ts';
import type { EnvironmentPlace } from './environment-host.ts';

export interface RuntimePlace extends EnvironmentPlace {
  /** `127.0.0.1:PORT` */
  readonly runtimeApi: string;
}

/**
 * The variables of one execution environment, built from nothing: whatever the cloud's own process inherited (AWS_PROFILE,
 * HOME, proxies) stays out, so that a handler cannot reach a real account by accident. What the cloud sets wins over the
 * function's own variables.
 */
export function environmentVariables(
  record: FunctionRecord,
  cloud: CloudEnvironment,
  credentials: LambdaOptions['credentials'],
  place: RuntimePlace,
): Record<string, string> {
  const nowhere = join(place.temporaryFolder, '.aws-none');
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...record.variables,

    _HANDLER: record.handler,
    _X_AMZN_TRACE_ID: '',
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_LAMBDA_FUNCTION_VERSION: record.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(record.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: place.initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: record.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    LAMBDA_TASK_ROOT: place.codeFolder,
    LAMBDA_RUNTIME_DIR: import.meta.dirname,
    AWS_REGION: cloud.region,
    AWS_DEFAULT_REGION: cloud.region,

    AWS_ENDPOINT_URL: cloud.endpoint(),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,

    // /tmp belongs to the environment on AWS. Here it is the machine's, so os.tmpdir() is pointed at a folder of its own.
    TMPDIR: place.temporaryFolder,
    HOME: place.temporaryFolder,
  };
}

/** Names that AWS lets no function set, of those that mean something here. */
export const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

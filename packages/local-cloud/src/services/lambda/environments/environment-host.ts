import type { CloudEnvironment } from '../../../server/environment.ts';
import type { LogWriter } from '../../../server/ports.ts';
import type { ResolvedLambdaOptions } from '../options.ts';
import type { CpuShares } from './cpu/cpu-shares.ts';
import type { Guardian } from './guardian.ts';

/** What all environments of a cloud share. */
export interface EnvironmentHost {
  readonly cloud: CloudEnvironment;
  readonly logs: LogWriter;
  readonly credentials: ResolvedLambdaOptions['credentials'];
  readonly guardian: Guardian;
  /** 16 hexadecimal digits: the first half of the id of each of this cloud's environments. */
  readonly cloudId: string;
  readonly onFault: ResolvedLambdaOptions['onFault'];
  /** Holds a folder per environment. */
  readonly folder: string;
  readonly cpuShares: CpuShares;
}

/** How an environment came to be, as AWS_LAMBDA_INITIALIZATION_TYPE says it. */
export type InitializationType = 'on-demand' | 'provisioned-concurrency';

/** What is an environment's own. */
export interface EnvironmentPlace {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly logStream: string;
  readonly codeFolder: string;
  readonly temporaryFolder: string;
  readonly initializationType: InitializationType;
}

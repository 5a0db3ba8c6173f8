import { inspect } from 'node:util';
import type { CpuShareOption } from './environments/cpu/cpu-share-setting.ts';

/** How the embedded Lambda differs from AWS's account defaults. */
export interface LambdaOptions {
  /** Given to every execution environment: the local cloud's own, never the shell's. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Waits before the first and the second retry of an asynchronous event whose function failed. AWS: one and two minutes. */
  readonly asyncRetryDelaysMs?: readonly [number, number];
  /** Concurrent executions of all functions that reserve none; each is a process. Default 10, which is what AWS gives a new account. */
  readonly maximumConcurrency?: number;
  /** New environments of a function in every 10 seconds, refilled continuously. Default 1,000, as on AWS. */
  readonly scalingRate?: number;
  /** Whether memory size gives processor time as on AWS. Default off. */
  readonly cpuShare?: CpuShareOption;
  /** How long an idle environment is kept. Default five minutes; AWS does not say. */
  readonly idleTimeoutMs?: number;
  /** Told of faults that no caller waits for. Default: a line on stderr. */
  readonly onFault?: (fault: unknown, doing: string) => void;
}

export type ResolvedLambdaOptions = Required<LambdaOptions>;

export function resolveOptions(options: LambdaOptions): ResolvedLambdaOptions {
  return {
    asyncRetryDelaysMs: [60_000, 120_000],
    maximumConcurrency: 10,
    scalingRate: 1000,
    cpuShare: { kind: 'off' },
    idleTimeoutMs: 5 * 60_000,
    onFault: (fault, doing) => process.stderr.write(`local cloud: ${doing} failed: ${inspect(fault)}\n`),
    ...options,
  };
}

import type { CloudCredentials } from '../credentials.ts';
import type { CpuShareSetting } from '../services/lambda/index.ts';
import { type ChildCloud, startChildCloud } from './child-cloud.ts';
import { LocalCloudError } from './errors.ts';
import type { ServingOptions } from './flags.ts';
import { type CloudLock, lockPath, readLiveLock } from './lock-file.ts';

const PROBE_TIMEOUT_MS = 10_000;
/** How long a cloud that is starting or stopping elsewhere is waited for. */
const DEADLINE_MS = 30_000;

export interface EnsureOptions {
  readonly stateDir: string;
  /** Ends the wait for a start, and the start with it. A cloud that runs is ended by stop() alone. */
  readonly signal: AbortSignal;
  /** Of a cloud that is started here; one that runs already has its own, see RunningCloud.cpuShare. */
  readonly lambda?: ServingOptions;
  /** Every line that a cloud started here prints. */
  readonly onLog?: (line: string) => void;
}

export interface RunningCloud {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: CloudCredentials;
  /** Whether a function's memory size gives it processor time as on AWS, and by which means. */
  readonly cpuShare: CpuShareSetting;
  /** false where another process had started it: stop() then leaves it running. */
  readonly startedHere: boolean;
  stop(): Promise<void>;
}

/**
 * The cloud of a state folder: the one that runs already, or else one started as a child process. Throws a LocalCloudError
 * when neither answers, with what the child printed.
 */
export async function ensureLocalCloud({
  stateDir,
  signal,
  lambda = {},
  onLog = () => {},
}: EnsureOptions): Promise<RunningCloud> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < DEADLINE_MS) {
    const lock = readLiveLock(stateDir);
    const attached = lock === undefined ? undefined : await attach(lock, stateDir, signal);
    if (attached !== undefined) return attached;

    const child = await startChildCloud(stateDir, lambda, signal, onLog);
    if (child.outcome === 'ready') return started(child, stateDir);
    // The folder has a cloud that is starting (two starters at once: one wins) or stopping. The child has waited for it a
    // while, so there is no need to wait here before looking again.
    await child.stop();
  }
  throw new LocalCloudError(
    'not-answering',
    `Another process has had the state folder ${stateDir} open for ${DEADLINE_MS / 1000} s, but announces no cloud. ` +
      'Stop it, or use another state folder.',
  );
}

async function started(child: ChildCloud, stateDir: string): Promise<RunningCloud> {
  const lock = readLiveLock(stateDir);
  if (lock !== undefined) return { ...access(lock), startedHere: true, stop: () => child.stop() };
  await child.stop();
  throw new LocalCloudError(
    'start-failed',
    `The local cloud started, but ${lockPath(stateDir)} does not announce it.`,
  );
}

/** undefined when the cloud stopped meanwhile. */
async function attach(
  lock: CloudLock,
  stateDir: string,
  signal: AbortSignal,
): Promise<RunningCloud | undefined> {
  try {
    // Any answer will do, a refusal of this unsigned request as well.
    const answer = await fetch(lock.endpoint, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
    });
    await answer.body?.cancel();
  } catch (cause) {
    signal.throwIfAborted();
    if (readLiveLock(stateDir)?.startedAt !== lock.startedAt) return undefined;
    throw new LocalCloudError(
      'not-answering',
      `${lockPath(stateDir)} says that process ${lock.pid} serves ${lock.endpoint}, and the process lives, but it does not ` +
        `answer. Stop it (kill ${lock.pid}) and try again, or use another state folder.`,
      { cause },
    );
  }
  return { ...access(lock), startedHere: false, stop: async () => {} };
}

function access({
  endpoint,
  region,
  credentials,
  cpuShare,
}: CloudLock): Pick<RunningCloud, 'endpoint' | 'region' | 'credentials' | 'cpuShare'> {
  return { endpoint, region, credentials, cpuShare };
}

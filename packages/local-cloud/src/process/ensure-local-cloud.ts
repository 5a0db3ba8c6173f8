import { setTimeout as wait } from 'node:timers/promises';
import type { CloudCredentials } from '../credentials.ts';
import { startChildCloud } from './child-cloud.ts';
import { LocalCloudError } from './errors.ts';
import { type CloudLock, lockPath, readLiveLock } from './lock-file.ts';

const PROBE_TIMEOUT_MS = 10_000;
/** How often the lock of a cloud that is just starting elsewhere is looked for, and how long. */
const LOCK_POLL_MS = 50;
const LOCK_DEADLINE_MS = 30_000;

export interface EnsureOptions {
  readonly stateDir: string;
  /** Ends the wait for a start, and the start with it. A cloud that runs is ended by stop() alone. */
  readonly signal: AbortSignal;
  /** Every line that a cloud started here prints. */
  readonly onLog?: (line: string) => void;
}

export interface RunningCloud {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: CloudCredentials;
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
  onLog = () => {},
}: EnsureOptions): Promise<RunningCloud> {
  const found = readLiveLock(stateDir);
  if (found !== undefined) return attach(found, stateDir, signal);

  const child = await startChildCloud(stateDir, signal, onLog);
  // Two starters at once: the state folder let one of them in, the other uses that one's cloud.
  if (child.outcome === 'in-use') {
    await child.stop();
    return attach(await lockOfOther(stateDir, signal), stateDir, signal);
  }
  const lock = readLiveLock(stateDir);
  if (lock === undefined) {
    await child.stop();
    throw new LocalCloudError(
      'start-failed',
      `The local cloud started, but ${lockPath(stateDir)} does not announce it.`,
    );
  }
  return { ...access(lock), startedHere: true, stop: () => child.stop() };
}

async function attach(lock: CloudLock, stateDir: string, signal: AbortSignal): Promise<RunningCloud> {
  try {
    // Any answer will do, a refusal of this unsigned request as well.
    const answer = await fetch(lock.endpoint, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
    });
    await answer.body?.cancel();
  } catch (cause) {
    signal.throwIfAborted();
    throw new LocalCloudError(
      'not-answering',
      `${lockPath(stateDir)} says that process ${lock.pid} serves ${lock.endpoint}, and the process lives, but it does not ` +
        `answer. Stop it (kill ${lock.pid}) and try again, or use another state folder.`,
      { cause },
    );
  }
  return { ...access(lock), startedHere: false, stop: async () => {} };
}

/** The one that has the folder announces itself once it serves. There is no event to wait for: it is nobody's child here. */
async function lockOfOther(stateDir: string, signal: AbortSignal): Promise<CloudLock> {
  for (let waitedMs = 0; waitedMs < LOCK_DEADLINE_MS; waitedMs += LOCK_POLL_MS) {
    const lock = readLiveLock(stateDir);
    if (lock !== undefined) return lock;
    await wait(LOCK_POLL_MS, undefined, { signal });
  }
  throw new LocalCloudError(
    'not-answering',
    `Another process has the state folder ${stateDir} open, but announced no cloud within ${LOCK_DEADLINE_MS / 1000} s.`,
  );
}

function access({
  endpoint,
  region,
  credentials,
}: CloudLock): Pick<RunningCloud, 'endpoint' | 'region' | 'credentials'> {
  return { endpoint, region, credentials };
}

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClients, identify, startedLocalTarget } from '@skyground/cloud';
import type { StateFolderState } from '@skyground/local-cloud';
import { messageOf } from '../../errors.ts';
import { defineCheck, type Judgement } from '../check.ts';

interface EmbeddedCloudSeen {
  readonly folder: StateFolderState;
  /** Of the cloud that serves the folder, else of one that was started for this check in a folder of its own and stopped again. */
  readonly answer:
    | { readonly kind: 'answered'; readonly endpoint: string; readonly accountId: string }
    | { readonly kind: 'failed'; readonly message: string }
    | { readonly kind: 'not asked' };
  /** Whether a program that is not this folder's cloud listens where `npm run cloud` would. */
  readonly port: { readonly number: number; readonly isTaken: boolean };
}

/** The state folder is looked at, not served: whatever a stopped run left in it would go on. */
export const embeddedCloudCheck = defineCheck({
  id: 'embedded-cloud',
  title: 'Embedded cloud',
  targets: ['local'],
  after: ['state-folder'],
  probe: async ({ folders }, signal): Promise<EmbeddedCloudSeen> => {
    const { DEFAULT_PORT, inspectStateFolder } = await import('@skyground/local-cloud');
    const folder = inspectStateFolder(folders.state);
    const [answer, isTaken] = await Promise.all([
      askCloud(folder, folders.state, signal),
      isPortTaken(DEFAULT_PORT),
    ]);
    const isOurs = folder.kind === 'serving' && new URL(folder.endpoint).port === String(DEFAULT_PORT);
    return { folder, answer, port: { number: DEFAULT_PORT, isTaken: isTaken && !isOurs } };
  },
  judge: judgeEmbeddedCloud,
});

async function askCloud(
  folder: StateFolderState,
  stateDir: string,
  signal: AbortSignal,
): Promise<EmbeddedCloudSeen['answer']> {
  if (folder.kind === 'in-use' || folder.kind === 'unusable') return { kind: 'not asked' };
  if (folder.kind === 'serving') return answerOf(stateDir, signal);
  const ownFolder = await mkdtemp(join(tmpdir(), 'skyground-doctor-'));
  try {
    return await answerOf(ownFolder, signal);
  } finally {
    await rm(ownFolder, { recursive: true, force: true });
  }
}

async function answerOf(stateDir: string, signal: AbortSignal): Promise<EmbeddedCloudSeen['answer']> {
  const { ensureLocalCloud } = await import('@skyground/local-cloud');
  try {
    const cloud = await ensureLocalCloud({ stateDir, signal });
    const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
    try {
      const { accountId } = await identify(clients, signal);
      return { kind: 'answered', endpoint: cloud.endpoint, accountId };
    } finally {
      clients.destroy();
      await cloud.stop();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', message: messageOf(error) };
  }
}

async function isPortTaken(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return false;
  } catch {
    return true;
  } finally {
    server.close();
  }
}

export function judgeEmbeddedCloud({ folder, answer, port }: EmbeddedCloudSeen): Judgement {
  if (folder.kind === 'unusable') {
    const advice =
      'Move the folder away (a new one is made), or name another one with SKYGROUND_STATE_DIR. What was stored in it is not in the new one.';
    return { status: 'problem', seen: folder.error.message, advice };
  }
  if (folder.kind === 'in-use') {
    const seen =
      'a process has the state folder open but announces no cloud: one that starts or stops, or another program';
    return { status: 'problem', seen, advice: 'Try again in a moment; if it stays so, stop that process.' };
  }
  if (answer.kind !== 'answered') {
    const seen = answer.kind === 'failed' ? answer.message : 'it was not asked';
    return { status: 'problem', seen, advice: 'Its own messages: `npm run cloud -- --port 0`.' };
  }
  const seen = `${folderSentence(folder, answer.endpoint)}, account ${answer.accountId}`;
  if (!port.isTaken) return { status: 'ok', seen };
  return {
    status: 'warning',
    seen: `${seen}; port ${port.number} is taken by another program`,
    advice: `Only \`npm run cloud\` needs it: start it with \`npm run cloud -- --port 0\`, or stop what listens there.`,
  };
}

function folderSentence(folder: StateFolderState, endpoint: string): string {
  if (folder.kind === 'serving') return `running at ${endpoint} (process ${folder.pid}), answers`;
  const startable = 'not running; one was started for this check and answered';
  if (folder.kind === 'absent') return `${startable}; no state yet`;
  const left =
    folder.kind === 'idle' && folder.deadPid !== undefined
      ? `, with the lock of a cloud that was killed (process ${folder.deadPid}), which the next start replaces`
      : '';
  return `${startable}; its state is whole${left}`;
}

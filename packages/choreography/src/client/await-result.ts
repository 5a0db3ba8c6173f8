import { systemClock } from '../clock.ts';
import type { SessionResult } from '../session-result.ts';
import { DynamoTable } from '../store/dynamo-table.ts';
import { S3Objects } from '../store/s3-objects.ts';
import { Store } from '../store/store.ts';
import type { DeployedWorkflow } from './start-workflow.ts';

const POLL_INTERVAL_MS = 25;

/**
 * The result of a session that was started, also of one that ended long ago, as long as its tombstone stands. It is there when the
 * workflow has ended, however rarely this looks: `completedAtMs` is stamped by the function that ended it.
 */
export async function awaitResult(
  deployed: DeployedWorkflow,
  session: string,
  {
    signal,
    pollIntervalMs = POLL_INTERVAL_MS,
  }: { readonly signal: AbortSignal; readonly pollIntervalMs?: number },
): Promise<SessionResult> {
  const { clients, tableName, bucketName } = deployed;
  const table = new DynamoTable(clients.dynamodb, tableName);
  const store = new Store({ table, objects: new S3Objects(async () => clients.s3, bucketName) }, session);
  for (;;) {
    const result = await store.result();
    if (result !== undefined) return result;
    await systemClock.sleep(pollIntervalMs, signal);
  }
}

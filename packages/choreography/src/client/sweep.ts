import { DynamoTable } from '../store/dynamo-table.ts';
import { END_ITEM } from '../store/names.ts';
import type { Objects, Table } from '../store/ports.ts';
import { S3Objects } from '../store/s3-objects.ts';
import type { DeployedWorkflow } from './start-workflow.ts';

/** How long Lambda keeps an asynchronous event at most: a duplicate cannot come later. */
export const MAX_EVENT_AGE_MS = 6 * 60 * 60 * 1000;

/**
 * Deletes the results, which are the tombstones, of sessions that ended before then, and gives their number. With a time less than
 * MAX_EVENT_AGE_MS ago a late duplicate could run such a workflow again. Reads the whole table.
 */
export async function sweepTombstones(
  { clients, tableName, bucketName }: Pick<DeployedWorkflow, 'clients' | 'tableName' | 'bucketName'>,
  beforeMs: number,
): Promise<number> {
  const table = new DynamoTable(clients.dynamodb, tableName);
  return sweep({ table, objects: new S3Objects(async () => clients.s3, bucketName) }, beforeMs);
}

export async function sweep(
  { table, objects }: { readonly table: Table; readonly objects: Objects },
  beforeMs: number,
): Promise<number> {
  let count = 0;
  for await (const { session, attributes } of table.older(END_ITEM, beforeMs)) {
    const { object } = { object: undefined, ...attributes };
    if (object !== undefined) await objects.remove([String(object)]);
    await table.remove(session, [END_ITEM]);
    count += 1;
  }
  return count;
}

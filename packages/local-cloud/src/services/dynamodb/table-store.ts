import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudEnvironment } from '../../server/environment.ts';
import { createStore, type DynaliteStore } from './dynalite.ts';
import { beginningWith, indexRows, itemRows, TABLE_ROWS } from './rows.ts';

export interface TableStore {
  readonly store: DynaliteStore;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the LevelDB of all tables, `<stateDir>/dynamodb/`. A write that was answered is in the kernel's hands: it
 * survives a kill, but, other than in state.db, not a power cut.
 */
export async function openTableStore({ stateDir, accountId, region }: CloudEnvironment): Promise<TableStore> {
  const path = join(stateDir, 'dynamodb');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const store = createStore({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  try {
    await store.db.open();
  } catch (cause) {
    throw new Error(`The tables of DynamoDB in ${path} cannot be opened.`, { cause });
  }
  await finishTables(store);
  return { store, close: () => store.db.close() };
}

/** A kill can come between the two writes of a table's change; dynalite would leave it in between for ever. */
async function finishTables({ db }: DynaliteStore): Promise<void> {
  for await (const [key, table] of db.iterator(beginningWith(TABLE_ROWS))) {
    if (table.TableStatus === 'ACTIVE') continue;
    if (table.TableStatus === 'DELETING') {
      const { TableName } = table;
      for (const prefix of [
        itemRows(TableName),
        indexRows('Local', TableName),
        indexRows('Global', TableName),
      ]) {
        await db.clear(beginningWith(prefix));
      }
      await db.del(key);
      continue;
    }
    table.TableStatus = 'ACTIVE';
    for (const index of table.GlobalSecondaryIndexes ?? []) index.IndexStatus = 'ACTIVE';
    await db.put(key, table);
  }
}

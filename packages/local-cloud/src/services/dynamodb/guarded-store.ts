import { Readable } from 'node:stream';
import {
  type Callback,
  createKey,
  type DynaliteStore,
  type Item,
  type RangeOptions,
  type Release,
  type Rows,
  type RowWrite,
  type TableRow,
  type Wire,
} from './dynalite.ts';
import { beginningWith, indexRows, itemRows, TABLE_ROWS } from './rows.ts';
import { writeContext, writing } from './write-context.ts';

/** What an action's request needs to know of what the action does with the store. */
export interface Observer {
  /** Something that dynalite did not expect: the request ends with it, the process goes on. */
  fail(error: unknown): void;
  /** A row of a table was written: dynalite changes its status a moment after the answer. */
  onTableWritten(): void;
}

/**
 * The store as one request sees it. It differs from dynalite's own in four ways:
 * - What is thrown in a callback fails the request; dynalite would let it end the process, with the item's lock held.
 * - An item and its index entries are written in one batch: a kill between them would leave entries of what is not there.
 * - An index entry's key ends in the whole key of its item. dynalite ends it in 24 bits of a hash, so that in a large index
 *   two items of one index key can be one entry, and one of them is lost to queries.
 * - Tables are listed, and items deleted, by ranges of keys, not by a walk over all rows of all tables.
 */
export function guardedStore(store: DynaliteStore, request: Wire, observer: Observer): DynaliteStore {
  let table: TableRow | undefined;

  function fail(error: unknown): void {
    observer.fail(error);
    writing.getStore()?.release();
  }

  function guarded<Arguments extends unknown[]>(
    run: (...args: Arguments) => void,
  ): (...args: Arguments) => void {
    return (...args) => {
      try {
        run(...args);
      } catch (error) {
        fail(error);
      }
    };
  }

  /** Filters and projections run in a stream's events. */
  function guardedStream(stream: Readable): Readable {
    const emit = stream.emit.bind(stream);
    stream.emit = (event: string, ...args: unknown[]) => {
      try {
        return emit(event, ...args);
      } catch (error) {
        fail(error);
        stream.destroy();
        return true;
      }
    };
    return stream;
  }

  function lock<Row>(rows: Rows<Row>): Rows<Row>['lock'] {
    return (rowKey, run) =>
      rows.lock(rowKey, (release) => {
        let held = true;
        const releaseOnce: Release = (done) => {
          const released = release(done);
          return (...result) => {
            held = false;
            released(...result);
          };
        };
        const context = {
          rowKey,
          existing: undefined,
          indexWrites: [],
          release: () => {
            if (held) releaseOnce()(null);
          },
        };
        writing.run(context, () => guarded(run)(releaseOnce));
      });
  }

  /** Under the lock of the item, after its index entries. */
  function writeItem(write: RowWrite, callback: Callback<void>): void {
    store.db.batch([...writeContext().indexWrites, write], guarded(callback));
  }

  function items(tableName: string): Rows<Item> {
    const rows = store.getItemDb(tableName);
    const prefix = itemRows(tableName);
    return {
      ...rows,
      get: (key, callback) =>
        rows.get(
          key,
          guarded((error: unknown, item?: Item) => {
            const context = writing.getStore();
            if (context !== undefined) context.existing = item;
            callback(error, item);
          }),
        ),
      put: (key, value, callback) => writeItem({ type: 'put', key: prefix + key, value }, callback),
      del: (key, callback) => writeItem({ type: 'del', key: prefix + key }, callback),
      createValueStream: (options) => guardedStream(rows.createValueStream(options)),
      lock: lock(rows),
    };
  }

  function indexEntries(type: string, tableName: string, index: string): Rows<Item> {
    const rows = store.getIndexDb(type, tableName, index);
    const prefix = indexRows(type, tableName, index);
    const hold = (write: RowWrite, callback: Callback<void>): void => {
      writeContext().indexWrites.push(write);
      callback(null);
    };
    const entryKey = (key: string): string => `${prefix}${key}~${writeContext().rowKey}`;
    return {
      ...rows,
      put: (key, value, callback) => hold({ type: 'put', key: entryKey(key), value }, callback),
      del: (key, callback) => hold({ type: 'del', key: entryKey(key) }, callback),
      createValueStream: (options) => guardedStream(rows.createValueStream(afterStartKey(options))),
    };
  }

  /** A page begins after the entry of ExclusiveStartKey, of which dynalite gives the key as it would be without ours. */
  function afterStartKey(options: RangeOptions): RangeOptions {
    const startKey = request['ExclusiveStartKey'];
    if (startKey === undefined || table === undefined) return options;
    const end = `~${createKey(startKey, table)}`;
    return request['ScanIndexForward'] === false
      ? { ...options, lt: `${options.lt}${end}` }
      : { ...options, gt: `${options.gt}${end}` };
  }

  async function* tableNames(): AsyncGenerator<string> {
    for await (const key of store.db.keys(beginningWith(TABLE_ROWS))) yield key.slice(TABLE_ROWS.length);
  }

  function clear(prefix: string, callback: Callback<void>): void {
    store.db.clear(beginningWith(prefix)).then(() => callback(null), callback);
  }

  const { tableDb } = store;
  const written = (callback: Callback<void>): Callback<void> =>
    guarded((error: unknown) => {
      callback(error);
      if (error === null) observer.onTableWritten();
      else fail(error);
    });

  return {
    ...store,
    tableDb: {
      ...tableDb,
      get: (key, callback) => tableDb.get(key, guarded(callback)),
      put: (key, row, callback) => tableDb.put(key, row, written(callback)),
      del: (key, callback) => tableDb.del(key, written(callback)),
      createKeyStream: () => guardedStream(Readable.from(tableNames())),
      lock: lock(tableDb),
    },
    getTable: (name, checkStatus, callback) => {
      const found = guarded((error: unknown, row?: TableRow) => {
        table = row;
        (typeof checkStatus === 'function' ? checkStatus : callback)?.(error, row);
      });
      if (typeof checkStatus === 'function') store.getTable(name, found);
      else store.getTable(name, checkStatus, found);
    },
    getItemDb: items,
    getIndexDb: indexEntries,
    deleteItemDb: (name, callback) => clear(itemRows(name), guarded(callback)),
    deleteIndexDb: (type, name, index, callback) => clear(indexRows(type, name, index), guarded(callback)),
    deleteTagDb: (_name, callback) => callback(null),
  };
}

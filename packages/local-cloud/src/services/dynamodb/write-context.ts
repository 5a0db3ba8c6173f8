import { AsyncLocalStorage } from 'node:async_hooks';
import type { Item, RowWrite } from './dynalite.ts';

/** One item being written, from the moment its lock is had: dynalite's actions take the lock, read, and write, in that order. */
export interface WriteContext {
  /** The key of its row, which is unique in its table. */
  readonly rowKey: string;
  /** As it was before, once read. */
  existing: Item | undefined;
  /** Of its indexes, held back until the item itself is written. */
  readonly indexWrites: RowWrite[];
  /** Lets the next writer of the item go, if this one still holds the lock. */
  readonly release: () => void;
}

/** Follows an action through its callbacks; a batch writes many items, each in a context of its own. */
export const writing = new AsyncLocalStorage<WriteContext>();

export function writeContext(): WriteContext {
  const context = writing.getStore();
  if (context === undefined) throw new Error('dynalite writes items only under their lock.');
  return context;
}

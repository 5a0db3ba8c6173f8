/** The attributes of an item besides its key. */
export type Attributes = Readonly<Record<string, string | number>>;

/** An item after an update, or as it was where there was nothing to update. */
export interface Updated {
  readonly item: Attributes;
  readonly isNew: boolean;
}

/** Items by session and name. Every write is seen by every read that begins after it. */
export interface Table {
  /** Those of the named items that are there. */
  read(session: string, names: readonly string[]): Promise<ReadonlyMap<string, Attributes>>;
  /** False where there is one of that name: nothing was written. */
  create(session: string, name: string, attributes: Attributes): Promise<boolean>;
  /**
   * Adds to the item, which need not exist, the attributes `order<line>` (1 for the first line that comes, and so on) and
   * `end<line>`, unless the line has come before.
   */
  endLine(session: string, name: string, line: number, end: string): Promise<Updated>;
  /** Adds `failure`, unless there is one or the line has ended. */
  failLine(session: string, name: string, line: number, failure: string): Promise<Updated>;
  /** All of a session; of each at least the attribute `object`, where it has one. */
  list(session: string): Promise<ReadonlyMap<string, Attributes>>;
  remove(session: string, names: readonly string[]): Promise<void>;
  /** Items of that name in all sessions whose attribute `atMs` is less. */
  older(
    name: string,
    atMs: number,
  ): AsyncIterable<{ readonly session: string; readonly attributes: Attributes }>;
}

/** Texts by key, for what is too large for an item. */
export interface Objects {
  put(key: string, text: string): Promise<void>;
  get(key: string): Promise<string | undefined>;
  list(prefix: string): Promise<readonly string[]>;
  remove(keys: readonly string[]): Promise<void>;
}

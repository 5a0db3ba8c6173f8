import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';

/**
 * The parts of dynalite that do the work, called as its own HTTP handler calls them: check the types, check the values, act.
 * Its handler is left out. Handing it an in-memory request would parse and print every body once more, would need a made-up
 * signature, and would leave what an action throws in a callback to end this process (see guarded-store.ts). The price is
 * that these are files of dynalite 4.0.0, not its documented entry: the dependency is pinned, and the tests go through all
 * of them.
 */
const require = createRequire(import.meta.url);

/** JSON as it travels: binary values in base64, times in epoch seconds. */
export type Wire = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, Wire>>;

export type Callback<Value> = (error: unknown, value?: Value) => void;

/** Returns a callback that lets the next waiting writer go, then calls this one. */
export type Release = (done?: Callback<unknown>) => Callback<unknown>;

export interface RangeOptions {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** One kind of rows of the store, as dynalite's actions use it. */
export interface Rows<Row> {
  get(key: string, callback: Callback<Row>): void;
  put(key: string, row: Row, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  createKeyStream(options?: RangeOptions): Readable;
  createValueStream(options: RangeOptions): Readable;
  lock(key: string, run: (release: Release) => void): void;
}

export type RowWrite =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** LevelDB: all kinds of rows, told apart by the beginnings of their keys. */
interface LevelDatabase {
  open(): Promise<void>;
  close(): Promise<void>;
  put(key: string, row: unknown): Promise<void>;
  del(key: string): Promise<void>;
  batch(writes: readonly RowWrite[], callback: Callback<void>): void;
  clear(range: RangeOptions): Promise<void>;
  keys(range: RangeOptions): AsyncIterable<string>;
  iterator(range: RangeOptions): AsyncIterable<[key: string, row: TableRow]>;
}

export interface TableRow {
  TableName: string;
  TableStatus: 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';
  readonly KeySchema: readonly { readonly AttributeName: string }[];
  readonly GlobalSecondaryIndexes?: { IndexStatus: string }[];
}

export interface DynaliteStore {
  readonly options: unknown;
  readonly db: LevelDatabase;
  readonly tableDb: Rows<TableRow> & { awsAccountId: string; awsRegion: string };
  getTable(name: string, checkStatus: boolean | Callback<TableRow>, callback?: Callback<TableRow>): void;
  getItemDb(table: string): Rows<Item>;
  getIndexDb(type: string, table: string, index: string): Rows<Item>;
  deleteItemDb(table: string, callback: Callback<void>): void;
  deleteIndexDb(type: string, table: string, index: string, callback: Callback<void>): void;
  deleteTagDb(table: string, callback: Callback<void>): void;
}

/** Names of members and indexes of elements, from the item down. */
export type Path = readonly (string | number)[];
export type Operand = Expression | Path | Wire;

/** A node of a parsed condition or filter: an operator, or a function by its name, of others, of paths and of values. */
export interface Expression {
  readonly type: string;
  readonly name?: string;
  readonly args: readonly Operand[];
}

export function isPath(operand: Operand): operand is Path {
  return Array.isArray(operand);
}

/** An attribute value has no member `args`: the check of types takes out what is no type. */
export function isExpression(operand: Operand): operand is Expression {
  return 'args' in operand;
}

interface Section {
  readonly type: string;
  readonly path: Path;
  /** Of sections other than `remove`. */
  readonly val?: Operand;
}

/** A request after its check, with its expressions parsed. */
export type Checked = Wire & {
  readonly _condition?: { readonly expression: Expression };
  readonly _filter?: { readonly expression: Expression };
  readonly _updates?: { sections: Section[] };
};

interface Validation {
  readonly types: unknown;
  readonly custom?: unknown;
}

export type Action = (store: DynaliteStore, request: Wire, callback: Callback<Wire>) => void;

// What require() gives is of no type; these are dynalite's, as its sources have them.
const database: {
  readonly create: (options: object) => DynaliteStore;
  readonly createKey: (key: unknown, table: TableRow) => string;
  compare(operator: 'LT', value: Wire, others: readonly Wire[]): boolean;
} = require('dynalite/db');
const validations: {
  checkTypes(request: Wire, types: unknown): Checked;
  readonly validateAttributeValue: (value: Wire) => string | undefined;
  checkValidations(request: Checked, types: unknown, custom: unknown, store: DynaliteStore): void;
} = require('dynalite/validations');

export const { create: createStore, createKey } = database;

/** What is wrong with an attribute value, if anything. Writes its numbers the one way in which they are compared. */
export const checkValue = validations.validateAttributeValue;

/** Of two numbers as attribute values have them. */
export function isBelow(a: string, b: string): boolean {
  return database.compare('LT', { N: a }, [{ N: b }]);
}

const ACTIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
] as const;
/** Operations that dynalite does here. Those of tags are our own (table-tags.ts). */
export type ActionName = (typeof ACTIONS)[number];

const actions = new Map(
  ACTIONS.map((name) => {
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const run: Action = require(`dynalite/actions/${file}`);
    const validation: Validation = require(`dynalite/validations/${file}`);
    return [name, { run, validation }];
  }),
);

/** The action and its request, checked; throws as dynalite does, an error with the answer's status and body. */
export function prepare(
  store: DynaliteStore,
  name: ActionName,
  input: Wire,
): { run: Action; request: Checked } {
  const action = actions.get(name);
  if (action === undefined) throw new Error(`dynalite has no action ${name}.`);
  const { types, custom } = action.validation;
  // A copy, since members that it does not know are taken out of what it is given.
  const request = validations.checkTypes({ ...input }, types);
  validations.checkValidations(request, types, custom, store);
  return { run: action.run, request };
}

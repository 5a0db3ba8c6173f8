import type { Json } from '@skyground/asl';

import { Collected } from '../errors.ts';
import { type FanIn, type LineEnd, type LineFailure, readFanIn } from '../fan-in/fan-in.ts';
import { type Progress, progressSchema } from '../progress.ts';
import { type SessionResult, sessionResultSchema } from '../session-result.ts';
import { END_ITEM, objectName, objectPrefix } from './names.ts';
import type { Attributes, Objects, Table, Updated } from './ports.ts';

/** Larger values are objects, items hold their keys. */
const MAX_INLINE_BYTES = 300 * 1024;

/** How often a store was used; items and objects, not requests. */
export interface StoreCounts {
  readonly reads: number;
  readonly writes: number;
  readonly objectReads: number;
  readonly objectWrites: number;
}

/** What is there when a function starts. */
export interface Found {
  readonly hasEnded: boolean;
  readonly progress: Progress | undefined;
  /** By their items. */
  readonly fanIns: ReadonlyMap<string, FanIn>;
}

/** A fan-in that something was to be added to. */
export interface Joined {
  readonly fanIn: FanIn;
  /** It was added, and not there before. */
  readonly isNew: boolean;
}

/** All that one session keeps, as one invocation sees it. */
export class Store {
  readonly #table: Table;
  readonly #objects: Objects;
  readonly #session: string;
  readonly #counts = { reads: 0, writes: 0, objectReads: 0, objectWrites: 0 };
  /** Nothing was written since all was collected, or at all. */
  #isCollected = true;

  constructor({ table, objects }: { readonly table: Table; readonly objects: Objects }, session: string) {
    this.#table = table;
    this.#objects = objects;
    this.#session = session;
  }

  get counts(): StoreCounts {
    return { ...this.#counts };
  }

  /** One read of all that a function has to know before it begins. */
  async find(node: string, fanIns: readonly string[]): Promise<Found> {
    const items = await this.#read([END_ITEM, node, ...fanIns]);
    const checkpoint = items.get(node);
    const hasEnded = items.has(END_ITEM);
    return {
      hasEnded,
      progress: checkpoint && !hasEnded ? await this.#progress(checkpoint) : undefined,
      fanIns: new Map(
        fanIns.flatMap((name) => {
          const item = items.get(name);
          return item === undefined ? [] : [[name, readFanIn(item)] as const];
        }),
      ),
    };
  }

  /** False where there is a checkpoint: this one is not kept. */
  async checkpoint(item: string, progress: Progress): Promise<boolean> {
    return this.#create(item, await this.#keep(JSON.stringify(progress)));
  }

  async endLine(item: string, line: number, end: LineEnd): Promise<Joined> {
    const text = JSON.stringify(end);
    return joinedOf(await this.#write(this.#table.endLine(this.#session, item, line, text)));
  }

  async failLine(item: string, failure: LineFailure): Promise<Joined> {
    const text = JSON.stringify(failure);
    return joinedOf(await this.#write(this.#table.failLine(this.#session, item, failure.line, text)));
  }

  /** Of which at least one line has ended. */
  async fanIn(item: string): Promise<FanIn> {
    const attributes = (await this.#read([item])).get(item);
    if (attributes === undefined) throw new Collected(`item ${item}`);
    return readFanIn(attributes);
  }

  /** The outputs of lines, in the order of the ends. */
  async outputs(ends: readonly LineEnd[]): Promise<readonly Json[]> {
    const kept = ends.flatMap(({ output }) => (output.kind === 'kept' ? [output.item] : []));
    const items = kept.length > 0 ? await this.#read(kept) : new Map<string, Attributes>();
    return Promise.all(
      ends.map(async ({ output }) => {
        if (output.kind === 'here') return output.value;
        const item = items.get(output.item);
        const progress = item && (await this.#progress(item));
        if (progress?.kind !== 'ended') throw new Collected(`item ${output.item} with the output of a line`);
        return progress.output;
      }),
    );
  }

  /** False where the session has a result: this one does not count. */
  async end(result: SessionResult): Promise<boolean> {
    const kept = await this.#keep(JSON.stringify(result));
    return this.#create(END_ITEM, { ...kept, atMs: result.completedAtMs });
  }

  async result(): Promise<SessionResult | undefined> {
    const attributes = (await this.#read([END_ITEM])).get(END_ITEM);
    return attributes && sessionResultSchema.parse(JSON.parse(await this.#text(attributes)));
  }

  /**
   * If the session has ended, collects what this store may have written since, and says when it ended; undefined where it has not, or
   * there is nothing to collect.
   */
  async collectIfEnded(): Promise<number | undefined> {
    if (this.#isCollected) return undefined;
    const end = (await this.#read([END_ITEM])).get(END_ITEM);
    if (end === undefined) return undefined;
    await this.collect(true);
    return Number(end['atMs']);
  }

  /**
   * Deletes everything of an ended session but its result. What is written while this runs is not seen: whoever writes looks
   * afterwards whether the session has ended, and collects again. Items go first, because objects are written before them.
   *
   * @param mayHaveLost Objects may be there that no item names.
   */
  async collect(mayHaveLost: boolean): Promise<void> {
    this.#isCollected = true;
    const items = await this.#table.list(this.#session);
    this.#counts.reads += Math.max(items.size, 1);
    const names = [...items.keys()].filter((name) => name !== END_ITEM);
    if (names.length > 0) await this.#table.remove(this.#session, names);
    this.#counts.writes += names.length;
    if (!mayHaveLost && ![...items.values()].some((attributes) => 'object' in attributes)) return;
    const keys = await this.#objects.list(objectPrefix(this.#session));
    const keptKey = items.get(END_ITEM)?.['object'];
    await this.#objects.remove(keys.filter((key) => key !== keptKey));
  }

  /** Under the name that is given back. */
  async putObject(text: string): Promise<string> {
    const name = objectName(text);
    this.#counts.objectWrites += 1;
    this.#isCollected = false;
    await this.#objects.put(`${objectPrefix(this.#session)}${name}`, text).finally(() => {
      this.#isCollected = false;
    });
    return name;
  }

  async object(name: string): Promise<string> {
    return this.#object(`${objectPrefix(this.#session)}${name}`);
  }

  async #object(key: string): Promise<string> {
    this.#counts.objectReads += 1;
    const text = await this.#objects.get(key);
    if (text === undefined) throw new Collected(`object ${key}`);
    return text;
  }

  async #read(names: readonly string[]): Promise<ReadonlyMap<string, Attributes>> {
    this.#counts.reads += names.length;
    return this.#table.read(this.#session, names);
  }

  async #create(name: string, attributes: Attributes): Promise<boolean> {
    return this.#write(this.#table.create(this.#session, name, attributes));
  }

  async #write<Value>(writing: Promise<Value>): Promise<Value> {
    this.#counts.writes += 1;
    // Also while it is under way: something else of this invocation may end the session meanwhile.
    this.#isCollected = false;
    return writing.finally(() => {
      this.#isCollected = false;
    });
  }

  async #keep(text: string): Promise<Attributes> {
    if (Buffer.byteLength(text) <= MAX_INLINE_BYTES) return { payload: text };
    return { object: `${objectPrefix(this.#session)}${await this.putObject(text)}` };
  }

  async #text(attributes: Attributes): Promise<string> {
    const { payload, object } = { payload: undefined, object: undefined, ...attributes };
    return object === undefined ? String(payload) : this.#object(String(object));
  }

  async #progress(attributes: Attributes): Promise<Progress> {
    return progressSchema.parse(JSON.parse(await this.#text(attributes)));
  }
}

function joinedOf({ item, isNew }: Updated): Joined {
  return { fanIn: readFanIn(item), isNew };
}

import type { Attributes, Objects, Table, Updated } from '../../src/store/ports.ts';

/** The conditions and updates of the real table, in this process. */
export class MemoryTable implements Table {
  readonly #sessions = new Map<string, Map<string, Attributes>>();

  async read(session: string, names: readonly string[]): Promise<ReadonlyMap<string, Attributes>> {
    const items = this.#items(session);
    return new Map(
      names.flatMap((name) => {
        const item = items.get(name);
        return item === undefined ? [] : [[name, item] as const];
      }),
    );
  }

  async create(session: string, name: string, attributes: Attributes): Promise<boolean> {
    const items = this.#items(session);
    if (items.has(name)) return false;
    items.set(name, attributes);
    return true;
  }

  async endLine(session: string, name: string, line: number, end: string): Promise<Updated> {
    const item = this.#items(session).get(name) ?? {};
    if (`order${line}` in item) return { item, isNew: false };
    const finished = Number(item['finished'] ?? 0) + 1;
    return this.#set(session, name, { ...item, finished, [`order${line}`]: finished, [`end${line}`]: end });
  }

  async failLine(session: string, name: string, line: number, failure: string): Promise<Updated> {
    const item = this.#items(session).get(name) ?? {};
    if ('failure' in item || `order${line}` in item) return { item, isNew: false };
    return this.#set(session, name, { ...item, failure });
  }

  async list(session: string): Promise<ReadonlyMap<string, Attributes>> {
    return new Map(this.#items(session));
  }

  async remove(session: string, names: readonly string[]): Promise<void> {
    for (const name of names) this.#items(session).delete(name);
  }

  async *older(name: string, atMs: number): AsyncIterable<{ session: string; attributes: Attributes }> {
    for (const [session, items] of this.#sessions) {
      const attributes = items.get(name);
      if (attributes !== undefined && Number(attributes['atMs']) < atMs) yield { session, attributes };
    }
  }

  #set(session: string, name: string, item: Attributes): Updated {
    this.#items(session).set(name, item);
    return { item, isNew: true };
  }

  #items(session: string): Map<string, Attributes> {
    const known = this.#sessions.get(session) ?? new Map<string, Attributes>();
    this.#sessions.set(session, known);
    return known;
  }
}

export class MemoryObjects implements Objects {
  readonly #texts = new Map<string, string>();

  async put(key: string, text: string): Promise<void> {
    this.#texts.set(key, text);
  }

  async get(key: string): Promise<string | undefined> {
    return this.#texts.get(key);
  }

  async list(prefix: string): Promise<readonly string[]> {
    return [...this.#texts.keys()].filter((key) => key.startsWith(prefix));
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#texts.delete(key);
  }
}

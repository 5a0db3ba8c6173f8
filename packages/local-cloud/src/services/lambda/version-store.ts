import { createHash, randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { integer, optionalText, text } from '../../storage/row.ts';
import { type FunctionRecord, functionRecordSchema } from './function-record.ts';

interface Version {
  /** What was published (contentOf), to tell whether the function has changed since. */
  readonly content: string;
  /** Undefined once deleted, or its function: a number is not given twice, not even to a new function of the name. */
  readonly record: FunctionRecord | undefined;
}

/** Published versions: copies of a function that never change, numbered from 1. Durable when a method returns. */
export class VersionStore {
  /** Ascending by number. */
  readonly #byFunction = new Map<string, Map<string, Version>>();
  readonly #write: StatementSync;
  readonly #deleteAll: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(`CREATE TABLE IF NOT EXISTS lambda_versions (
      name TEXT NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, record TEXT, PRIMARY KEY (name, number)
    ) STRICT, WITHOUT ROWID`);
    this.#write = database.prepare(
      'INSERT INTO lambda_versions VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
    );
    this.#deleteAll = database.prepare('UPDATE lambda_versions SET record = NULL WHERE name = ?');
    for (const row of database.prepare('SELECT * FROM lambda_versions ORDER BY name, number').all()) {
      const stored = optionalText(row, 'record');
      const version = String(integer(row, 'number'));
      this.#versionsOf(text(row, 'name')).set(version, {
        content: text(row, 'content'),
        record:
          stored === undefined ? undefined : { ...functionRecordSchema.parse(JSON.parse(stored)), version },
      });
    }
  }

  get(name: string, version: string): FunctionRecord | undefined {
    return this.#byFunction.get(name)?.get(version)?.record;
  }

  /** Those that exist, ascending. */
  list(name: string): FunctionRecord[] {
    return [...(this.#byFunction.get(name)?.values() ?? [])].flatMap(({ record }) => record ?? []);
  }

  /** A new version of what the function is now; as on AWS the last one again if nothing has changed since. */
  publish(latest: FunctionRecord, description: string): FunctionRecord {
    const versions = this.#versionsOf(latest.name);
    const content = contentOf(latest);
    const last = [...versions.values()].at(-1);
    if (last?.record !== undefined && last.content === content) return last.record;
    const version = String(versions.size + 1);
    const { eventInvokeConfig: _, reservedConcurrency: __, ...copied } = latest;
    const record: FunctionRecord = {
      ...copied,
      version,
      arn: `${latest.arn}:${version}`,
      description,
      revisionId: randomUUID(),
      deploymentId: randomUUID(),
      policy: [],
      tags: {},
    };
    this.#put(record.name, version, { content, record });
    return record;
  }

  replace(record: FunctionRecord): void {
    const known = this.#byFunction.get(record.name)?.get(record.version);
    if (known === undefined) throw new Error(`${record.arn} was never published.`);
    this.#put(record.name, record.version, { ...known, record });
  }

  delete({ name, version }: FunctionRecord): void {
    const known = this.#byFunction.get(name)?.get(version);
    if (known !== undefined) this.#put(name, version, { ...known, record: undefined });
  }

  deleteAll(name: string): void {
    this.#deleteAll.run(name);
    const versions = this.#versionsOf(name);
    for (const [version, { content }] of versions) versions.set(version, { content, record: undefined });
  }

  #put(name: string, version: string, { content, record }: Version): void {
    let stored: string | null = null;
    if (record !== undefined) {
      const { version: _, ...columns } = record;
      stored = JSON.stringify(columns);
    }
    this.#write.run(name, Number(version), content, stored);
    this.#versionsOf(name).set(version, { content, record });
  }

  #versionsOf(name: string): Map<string, Version> {
    let versions = this.#byFunction.get(name);
    if (versions === undefined) {
      versions = new Map();
      this.#byFunction.set(name, versions);
    }
    return versions;
  }
}

/** A digest of code and configuration: what tells one version from the next. */
function contentOf(record: FunctionRecord): string {
  const parts = [
    record.codeSha256,
    record.runtime,
    record.handler,
    record.roleArn,
    record.description,
    record.timeoutSeconds,
    record.memoryMb,
    record.ephemeralStorageMb,
    record.architecture,
    Object.entries(record.variables).sort(([a], [b]) => (a < b ? -1 : 1)),
    record.deadLetterArn ?? null,
    record.tracingMode,
    record.logGroup,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

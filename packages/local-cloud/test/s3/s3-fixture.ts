import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { CloudEnvironment } from '../../src/server/environment.ts';
import type { EventTarget } from '../../src/server/ports.ts';
import { startServer } from '../../src/server/start-server.ts';
import { createS3 } from '../../src/services/s3/create-s3.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

export const CREDENTIALS = { accessKeyId: 'AKIASKYGROUNDTEST', secretAccessKey: 'a secret of the tests' };
export const REGION = 'us-east-1';
export const ACCOUNT_ID = '123456789012';
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:listener`;

/** Accepts events into the database, as Lambda does, so that a test can see which transaction they were part of. */
export class RecordingEvents implements EventTarget {
  readonly #database: DatabaseSync;
  wakes = 0;
  mayInvoke: EventTarget['mayInvoke'] = () => ({ allowed: true });

  constructor(database: DatabaseSync) {
    database.exec('CREATE TABLE IF NOT EXISTS accepted_events (function_arn TEXT, payload TEXT) STRICT');
    this.#database = database;
  }

  enqueue(functionArn: string, payload: string): void {
    this.#database.prepare('INSERT INTO accepted_events VALUES (?, ?)').run(functionArn, payload);
  }

  wake(): void {
    this.wakes++;
  }

  accepted(): string[] {
    return this.#database
      .prepare('SELECT payload FROM accepted_events ORDER BY rowid')
      .all()
      .map((row) => String(row['payload']));
  }
}

export interface S3Fixture {
  readonly endpoint: string;
  readonly stateDir: string;
  readonly s3: S3Client;
  readonly events: RecordingEvents;
  readonly environment: CloudEnvironment;
  client(config?: S3ClientConfig): S3Client;
  blobs(): Promise<string[]>;
  faults: unknown[];
  /** Ends the server and the database, keeps the folder. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An S3 on a socket. Disposing it removes its state folder unless the caller named one. */
export async function startS3(
  options: { stateDir?: string; clock?: Clock; verify?: boolean } = {},
): Promise<S3Fixture> {
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'skyground-s3-')));
  const clock = options.clock ?? systemClock;
  const database = openDatabase(stateDir);
  const events = new RecordingEvents(database);
  let endpoint = '';
  const environment: CloudEnvironment = {
    stateDir,
    database,
    clock,
    accountId: ACCOUNT_ID,
    region: REGION,
    endpoint: () => endpoint,
  };
  const service = createS3(environment, { events });
  await service.start?.();
  const faults: unknown[] = [];
  const server = await startServer({
    services: [service],
    port: 0,
    authentication: { credentials: CREDENTIALS, verify: options.verify ?? true },
    clock,
    onFault: (fault) => faults.push(fault),
  });
  endpoint = server.endpoint;
  const clients: S3Client[] = [];
  const client = (config: S3ClientConfig = {}): S3Client => {
    const made = new S3Client({
      endpoint,
      region: REGION,
      credentials: CREDENTIALS,
      maxAttempts: 1,
      ...config,
    });
    clients.push(made);
    return made;
  };
  const stop = async (): Promise<void> => {
    for (const one of clients) one.destroy();
    await server.stop();
    await service.stop?.();
    if (database.isOpen) database.close();
  };
  return {
    endpoint,
    stateDir,
    s3: client(),
    events,
    environment,
    client,
    faults,
    blobs: () => readdir(join(stateDir, 's3', 'blobs')),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      if (options.stateDir === undefined) await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** The refusal that a call ends in, as a client sees it. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ code: string; status: number; error: Record<string, unknown> }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const fields: Record<string, unknown> = Object.fromEntries(Object.entries(error));
    fields['message'] = error.message;
    const metadata = Object(fields['$metadata']);
    return { code: error.name, status: Number(metadata.httpStatusCode), error: fields };
  }
  throw new Error('Expected a refusal, but the call succeeded.');
}

import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';

/** What every service is given when it is made. One account, one region, one state folder. */
export interface CloudEnvironment {
  /** The folder that survives restarts (`.skyground/` by default). Each service keeps its files under `<stateDir>/<service id>/`. */
  readonly stateDir: string;
  /** One SQLite database for all services (WAL, synchronous FULL), so that an object and the events it causes commit together. */
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  /** The public port, known once it listens: `http://127.0.0.1:PORT`. */
  readonly endpoint: () => string;
}

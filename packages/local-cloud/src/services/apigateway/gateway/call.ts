import type { CloudEnvironment } from '../../../server/environment.ts';
import type { FrontRequest } from '../../../server/http-front.ts';
import type { FunctionInvoker } from '../../../server/ports.ts';
import type { Throttle } from './throttle.ts';

/** Lambda's limit is lower; this is API Gateway's own, of both kinds. */
export const MAXIMUM_BODY_BYTES = 10 * 1024 * 1024;

/** What every API of both kinds is served with. */
export interface Gateway {
  readonly cloud: CloudEnvironment;
  readonly functions: FunctionInvoker;
  readonly throttle: Throttle;
}

/** One request to a stage of an API, its path taken apart. */
export interface Call {
  readonly request: FrontRequest;
  readonly accountId: string;
  readonly region: string;
  readonly apiId: string;
  readonly stageName: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Of the answer and of the event: a UUID of REST APIs, 16 letters of HTTP APIs. */
  readonly requestId: string;
  readonly atMs: number;
}

/** `21/Nov/2026:15:46:52 +0000` */
export function logTime(atMs: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(atMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

/** A record of a map that has entries; undefined (or what stands for none) of one that has not. */
export function recordOf<Value>(
  entries: Iterable<readonly [string, Value]>,
): Record<string, Value> | undefined {
  // fromEntries makes own members even of names like __proto__.
  const record = Object.fromEntries(entries);
  return Object.keys(record).length === 0 ? undefined : record;
}

import { randomBytes } from 'node:crypto';
import type { FrontRequest } from '../../../server/http-front.ts';

export type HeaderLine = readonly [name: string, value: string];

/** Of one connection, not of the request: RFC 9110, 7.6.1; with those that the answer to Expect consumed. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What the gateway says of a request itself, whatever the client says. */
const REPLACED = new Set(['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto', 'content-length']);

/** The request's headers as its function sees them, by lower-case name: the first line's own spelling and every value. */
export function functionHeaders(
  request: FrontRequest,
  nowMs: number,
  /** HTTP APIs hand it on, REST APIs do not. */
  contentLength?: number,
): Map<string, { name: string; values: string[] }> {
  const perConnection = new Set(
    request.headers
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((name) => name.trim().toLowerCase())),
  );
  const found = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || perConnection.has(lower) || REPLACED.has(lower)) continue;
    const known = found.get(lower);
    if (known === undefined) found.set(lower, { name: CANONICAL[lower] ?? name, values: [value] });
    else known.values.push(value);
  }
  const port = /:(\d{1,5})$/.exec(found.get('host')?.values[0] ?? '')?.[1] ?? '80';
  const via = valuesOf(request, 'x-forwarded-for');
  const add = (name: string, value: string) => found.set(name.toLowerCase(), { name, values: [value] });
  if (!found.has('x-amzn-trace-id')) add('X-Amzn-Trace-Id', newTraceId(nowMs));
  if (contentLength !== undefined) add('Content-Length', String(contentLength));
  add('X-Forwarded-For', [...via, request.sourceIp].join(', '));
  add('X-Forwarded-Port', port);
  add('X-Forwarded-Proto', 'http');
  return found;
}

/** As AWS spells them, however they came. */
const CANONICAL: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  host: 'Host',
  'user-agent': 'User-Agent',
  'x-amzn-trace-id': 'X-Amzn-Trace-Id',
});

export function valuesOf(request: FrontRequest, name: string): string[] {
  return request.headers.flatMap(([given, value]) => (given.toLowerCase() === name ? value : []));
}

function newTraceId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

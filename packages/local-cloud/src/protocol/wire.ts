import type { IncomingHttpHeaders } from 'node:http';
import type { RequestBody } from '../server/request-body.ts';

/** A request whose operation is known, before its members are read. */
export interface WireRequest {
  /** Path labels, already percent-decoded. */
  readonly labels: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, string>;
  readonly queryValues: (name: string) => readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** A stream where the operation's payload is one, all bytes otherwise. */
  readonly body: Uint8Array | RequestBody;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
}

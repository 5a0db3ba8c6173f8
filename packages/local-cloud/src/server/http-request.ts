import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AwsError } from '../errors.ts';

/** A request line and its headers, split but not interpreted. Path and query keep the client's own percent-encoding. */
export interface HttpRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  /** Decoded, the first of each name. */
  readonly query: ReadonlyMap<string, string>;
  /** Decoded, every value of a name, in order. */
  readonly queryValues: (name: string) => readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** Every value of a header, in order; `headers` has joined or dropped those of one that came twice. */
  readonly headerValues: (name: string) => readonly string[];
  readonly sourceIp: string;
}

export function readHttpRequest(message: IncomingMessage): HttpRequest {
  const url = message.url ?? '/';
  const start = url.indexOf('?');
  const rawPath = start === -1 ? url : url.slice(0, start);
  const rawQuery = start === -1 ? '' : url.slice(start + 1);
  if (!rawPath.startsWith('/')) {
    throw new AwsError(
      'InvalidURI',
      `The request path must start with '/', found '${rawPath.slice(0, 100)}'.`,
      400,
    );
  }
  const parameters = queryPairs(rawQuery);
  return {
    method: message.method ?? 'GET',
    rawPath,
    rawQuery,
    query: new Map(parameters.toReversed()),
    queryValues: (name) => parameters.flatMap(([key, value]) => (key === name ? value : [])),
    headers: message.headers,
    headerValues: (name) => message.headersDistinct[name] ?? [],
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** Name and value of each query parameter, decoded ('+' is a space, as S3 reads it). */
export function queryPairs(rawQuery: string): [string, string][] {
  if (rawQuery === '') return [];
  return rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals === -1 ? pair : pair.slice(0, equals);
      return [decode(name), equals === -1 ? '' : decode(pair.slice(equals + 1))];
    });
}

/** Percent-decoding that refuses what is not UTF-8 instead of failing as a fault of ours. */
export function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400, {}, { cause });
  }
}

function decode(text: string): string {
  return decodePath(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

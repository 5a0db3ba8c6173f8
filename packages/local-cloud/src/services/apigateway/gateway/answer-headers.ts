import type { HeaderLine } from './request-headers.ts';

/** The server's to say: how the answer is framed on its connection. */
const FRAMING = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** REST APIs hand these on under another name. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
]);

export function withoutFraming(headers: readonly HeaderLine[]): HeaderLine[] {
  return headers.filter(([name]) => !FRAMING.has(name.toLowerCase()));
}

export function remapped(headers: readonly HeaderLine[]): HeaderLine[] {
  return withoutFraming(
    headers.map(
      ([name, value]): HeaderLine =>
        REMAPPED.has(name.toLowerCase()) ? [`x-amzn-Remapped-${name}`, value] : [name, value],
    ),
  );
}

export function hasHeader(headers: readonly HeaderLine[], wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted);
}

import type { FrontRequest } from '../../../server/http-front.ts';
import type { CorsRecord } from '../http-api/records.ts';
import { type HeaderLine, valuesOf } from './request-headers.ts';

export function isPreflight(request: FrontRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    valuesOf(request, 'origin').length > 0 &&
    valuesOf(request, 'access-control-request-method').length > 0
  );
}

/** The answer's CORS headers, which replace what the function says of CORS; none for an origin that is not allowed. */
export function corsHeaders(cors: CorsRecord, request: FrontRequest, preflight: boolean): HeaderLine[] {
  const [origin] = valuesOf(request, 'origin');
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  if (allowed === undefined) return [];
  const list = (name: string, values: readonly string[]): HeaderLine[] =>
    values.length === 0 ? [] : [[name, values.join(',')]];
  return [
    ['access-control-allow-origin', allowed],
    ...(cors.allowCredentials ? ([['access-control-allow-credentials', 'true']] as const) : []),
    ...list('access-control-expose-headers', cors.exposeHeaders),
    ...(preflight ? list('access-control-allow-methods', cors.allowMethods) : []),
    ...(preflight ? list('access-control-allow-headers', cors.allowHeaders) : []),
    ...(preflight && cors.maxAgeSeconds !== undefined
      ? ([['access-control-max-age', String(cors.maxAgeSeconds)]] as const)
      : []),
  ];
}

export function withoutCors(headers: readonly HeaderLine[]): HeaderLine[] {
  return headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
}

function allowedOrigin({ allowOrigins }: CorsRecord, origin: string): string | undefined {
  if (allowOrigins.includes('*')) return '*';
  const scheme = /^https?:\/\//i.exec(origin)?.[0].toLowerCase();
  const isAllowed = allowOrigins.some(
    (allowed) => allowed === origin || (scheme !== undefined && allowed === `${scheme}*`),
  );
  return isAllowed ? origin : undefined;
}

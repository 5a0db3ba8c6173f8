import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Signature } from './credential-scope.ts';
import { type HttpRequest, queryPairs } from './http-request.ts';

/** AWS Signature Version 4, the verifying side. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */

export const EMPTY_SHA256 = sha256Hex('');

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Signing keys change once a day; deriving one takes four HMACs, so the few in use are kept. */
export class SigningKeys {
  readonly #secretAccessKey: string;
  readonly #keys = new Map<string, Buffer>();

  constructor(secretAccessKey: string) {
    this.#secretAccessKey = secretAccessKey;
  }

  get({ date, region, service }: Pick<Signature, 'date' | 'region' | 'service'>): Buffer {
    const scope = `${date}/${region}/${service}`;
    let key = this.#keys.get(scope);
    if (key === undefined) {
      key = [date, region, service, 'aws4_request'].reduce<Buffer>(
        (parent, part) => hmac(parent, part),
        Buffer.from(`AWS4${this.#secretAccessKey}`),
      );
      // Scopes come from outside: a hostile client must not make this grow.
      if (this.#keys.size >= 64) this.#keys.clear();
      this.#keys.set(scope, key);
    }
    return key;
  }
}

export function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function credentialScope({ date, region, service }: Signature): string {
  return `${date}/${region}/${service}/aws4_request`;
}

/** Whether the signature is that of this request under this key. */
export function signatureMatches(
  request: HttpRequest,
  signature: Signature,
  amzDate: string,
  payloadHash: string,
  signingKey: Uint8Array,
): boolean {
  const canonical = canonicalRequest(request, signature, payloadHash);
  const scope = credentialScope(signature);
  const matches = (canonicalHash: string): boolean =>
    sameHex(
      hmac(signingKey, `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${canonicalHash}`).toString('hex'),
      signature.signature,
    );
  if (matches(sha256Hex(canonical))) return true;
  // Header bytes beyond ASCII: some clients send the UTF-8 that they signed, which Node reads as Latin-1.
  return /[\x80-\xff]/.test(canonical) && matches(sha256Hex(Buffer.from(canonical, 'latin1')));
}

export function sameHex(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function canonicalRequest(request: HttpRequest, signature: Signature, payloadHash: string): string {
  const headers = signature.signedHeaders
    .map((name) => `${name}:${headerText(request, name).trim().replace(/ {2,}/g, ' ')}\n`)
    .join('');
  return [
    request.method,
    canonicalPath(request.rawPath, signature.service),
    canonicalQuery(request.rawQuery),
    headers,
    signature.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** The values of a header that came more than once are signed as one, with commas and no space between. */
function headerText({ headers, headerValues }: HttpRequest, name: string): string {
  // A signed name may be any text, also one that every object inherits.
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (typeof value === 'string' && !value.includes(', ')) return value;
  return headerValues(name).join(',');
}

/** S3 signs the path as it is, encoded once; every other service the normalised path, encoded twice. */
function canonicalPath(rawPath: string, service: string): string {
  if (service === 's3')
    return rawPath
      .split('/')
      .map((segment) => encode(decodeURIComponent(segment)))
      .join('/');
  if (rawPath === '/') return rawPath;
  const segments: string[] = [];
  for (const segment of rawPath.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  const tail = rawPath.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${tail}`;
}

function canonicalQuery(rawQuery: string): string {
  if (rawQuery === '') return '';
  return queryPairs(rawQuery)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([name1, value1], [name2, value2]) => compare(name1, name2) || compare(value1, value2))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

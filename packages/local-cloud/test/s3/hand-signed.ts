import { createHash, createHmac } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { CREDENTIALS, REGION, type S3Fixture } from './s3-fixture.ts';

export interface RawRequest {
  readonly method: string;
  /** As it goes on the wire, percent-encoded. */
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** The x-amz-content-sha256 that is signed; by default the true hash of the body. */
  readonly payloadHash?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly secretAccessKey?: string;
  readonly accessKeyId?: string;
  readonly service?: string;
  readonly signingDate?: Date;
}

/** A request that the SDK would not make, signed by the SDK's own signer. `sign` false sends it anonymously. */
export async function send(
  { endpoint }: Pick<S3Fixture, 'endpoint'>,
  request: RawRequest,
  sign = true,
): Promise<Response> {
  const { headers } = await signed(endpoint, request);
  const search = new URLSearchParams(request.query).toString();
  return fetch(`${endpoint}${request.path}${search === '' ? '' : `?${search}`}`, {
    method: request.method,
    headers: sign ? headers : { ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
}

export async function signed(endpoint: string, request: RawRequest) {
  const { secretAccessKey = CREDENTIALS.secretAccessKey, accessKeyId = CREDENTIALS.accessKeyId } = request;
  const signer = new SignatureV4({
    service: request.service ?? 's3',
    region: REGION,
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { host, hostname, port } = new URL(endpoint);
  const payloadHash = request.payloadHash ?? sha256(request.body ?? '');
  return signer.sign(
    new HttpRequest({
      method: request.method,
      hostname,
      port: Number(port),
      path: request.path,
      query: request.query ?? {},
      headers: { host, 'x-amz-content-sha256': payloadHash, ...request.headers },
    }),
    request.signingDate === undefined ? {} : { signingDate: request.signingDate },
  );
}

/** An aws-chunked body whose every chunk, and trailer, is signed: what only a few clients still send. */
export function signChunks(
  seed: { amzDate: string; signature: string },
  chunks: readonly string[],
  trailer?: readonly [name: string, value: string],
): string {
  const date = seed.amzDate.slice(0, 8);
  const scope = `${date}/${REGION}/s3/aws4_request`;
  const key = [date, REGION, 's3', 'aws4_request'].reduce<string | Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    `AWS4${CREDENTIALS.secretAccessKey}`,
  );
  let previous = seed.signature;
  const sign = (...lines: string[]): string => {
    const [algorithm = '', ...rest] = lines;
    previous = createHmac('sha256', key)
      .update([algorithm, seed.amzDate, scope, previous, ...rest].join('\n'))
      .digest('hex');
    return previous;
  };
  let body = '';
  for (const chunk of [...chunks, '']) {
    const signature = sign('AWS4-HMAC-SHA256-PAYLOAD', sha256(''), sha256(chunk));
    body += `${Buffer.byteLength(chunk).toString(16)};chunk-signature=${signature}\r\n${chunk}${chunk === '' ? '' : '\r\n'}`;
  }
  if (trailer === undefined) return `${body}\r\n`;
  const [name, value] = trailer;
  return `${body}${name}:${value}\r\nx-amz-trailer-signature:${sign('AWS4-HMAC-SHA256-TRAILER', sha256(`${name}:${value}\n`))}\r\n\r\n`;
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

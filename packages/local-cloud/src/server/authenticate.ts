import type { Clock } from '../clock.ts';
import { AwsError } from '../errors.ts';
import type { ServiceModel } from '../protocol/service-model.ts';
import type { ChunkSigner } from './aws-chunked.ts';
import type { Signature } from './credential-scope.ts';
import type { HttpRequest } from './http-request.ts';
import { credentialScope, type SigningKeys, signatureMatches } from './sigv4.ts';

const MAX_SKEW_MS = 15 * 60_000;
/** AWS signs nothing for longer than a week. */
const MAX_PRESIGNED_SECONDS = 7 * 24 * 3600;

export interface Authentication {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** False accepts every request as it is; bodies are still checked against their own hash. */
  readonly verify: boolean;
}

export interface Authenticator {
  readonly authentication: Authentication;
  readonly keys: SigningKeys;
  readonly clock: Clock;
}

/** Refuses what is not signed by the one pair of credentials; hands back what chunk signatures continue from. */
export function authenticate(
  { authentication, keys, clock }: Authenticator,
  model: ServiceModel,
  request: HttpRequest,
  signature: Signature | undefined,
  payloadHash: string,
): ChunkSigner | undefined {
  if (!authentication.verify) return undefined;
  if (signature === undefined) throw missingSignature(model);
  if (signature.accessKeyId !== authentication.credentials.accessKeyId)
    throw unknownKey(model, signature.accessKeyId);
  const amzDate = requestDate(request, signature);
  checkTime(request, signature, amzDate, clock.now());
  checkSignedHeaders(model, request, signature);
  const signingKey = keys.get(signature);
  if (!signatureMatches(request, signature, amzDate, payloadHash, signingKey))
    throw wrongSignature(model, signature);
  return { signingKey, amzDate, scope: credentialScope(signature), seedSignature: signature.signature };
}

/** yyyymmddThhmmssZ */
function requestDate(request: HttpRequest, signature: Signature): string {
  const given =
    signature.kind === 'presigned'
      ? request.query.get('X-Amz-Date')
      : (request.headers['x-amz-date']?.toString() ?? compactDate(request.headers.date));
  if (given === undefined || !/^\d{8}T\d{6}Z$/.test(given)) {
    throw new AwsError('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', 403);
  }
  if (!given.startsWith(signature.date)) {
    throw new AwsError(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; Invalid credential date "${signature.date}". This date is not the same as X-Amz-Date: "${given.slice(0, 8)}".`,
      400,
    );
  }
  return given;
}

function compactDate(date: string | undefined): string | undefined {
  const timeMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(timeMs) ? undefined : `${new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, '')}`;
}

function checkTime(request: HttpRequest, signature: Signature, amzDate: string, nowMs: number): void {
  const signedAtMs = Date.parse(
    amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (signature.kind === 'header') {
    if (!(Math.abs(nowMs - signedAtMs) <= MAX_SKEW_MS)) {
      throw new AwsError(
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        403,
        {
          RequestTime: amzDate,
          ServerTime: new Date(nowMs).toISOString(),
          MaxAllowedSkewMilliseconds: MAX_SKEW_MS,
        },
      );
    }
    return;
  }
  const expires = request.query.get('X-Amz-Expires') ?? '';
  const expiresSeconds = /^\d{1,9}$/.test(expires) ? Number(expires) : Number.NaN;
  if (!(expiresSeconds >= 1 && expiresSeconds <= MAX_PRESIGNED_SECONDS)) {
    throw new AwsError(
      'AuthorizationQueryParametersError',
      `X-Amz-Expires must be a number between 1 and ${MAX_PRESIGNED_SECONDS} seconds, found '${expires}'.`,
      400,
    );
  }
  if (!(signedAtMs - MAX_SKEW_MS <= nowMs))
    throw new AwsError('AccessDenied', 'Request is not yet valid', 403);
  if (nowMs > signedAtMs + expiresSeconds * 1000) {
    throw new AwsError('AccessDenied', 'Request has expired', 403, {
      'X-Amz-Expires': expires,
      Expires: new Date(signedAtMs + expiresSeconds * 1000).toISOString(),
      ServerTime: new Date(nowMs).toISOString(),
    });
  }
}

/** A header that S3 acts on must be one that the signer knew of (x-amz-copy-source added to a presigned PUT). */
function checkSignedHeaders(model: ServiceModel, request: HttpRequest, signature: Signature): void {
  const signed = new Set(signature.signedHeaders);
  if (!signed.has('host')) {
    throw new AwsError('AccessDenied', "The signature must cover the 'host' header.", 403);
  }
  if (model.id !== 's3') return;
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signed.has(name),
  );
  if (unsigned.length > 0) {
    throw new AwsError(
      'AccessDenied',
      'There were headers present in the request which were not signed',
      403,
      {
        HeadersNotSigned: unsigned.join(', '),
      },
    );
  }
}

function missingSignature({ protocol }: ServiceModel): AwsError {
  return protocol === 'restXml'
    ? new AwsError('AccessDenied', 'Access Denied', 403)
    : new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
}

function unknownKey({ protocol }: ServiceModel, accessKeyId: string): AwsError {
  if (protocol === 'restXml') {
    return new AwsError(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
      {
        AWSAccessKeyId: accessKeyId,
      },
    );
  }
  const code = protocol === 'awsQuery' ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
  return new AwsError(code, 'The security token included in the request is invalid.', 403);
}

function wrongSignature({ protocol }: ServiceModel, signature: Signature): AwsError {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
  return protocol === 'restXml'
    ? new AwsError('SignatureDoesNotMatch', message, 403, {
        AWSAccessKeyId: signature.accessKeyId,
        SignatureProvided: signature.signature,
      })
    : new AwsError(
        protocol === 'awsQuery' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
        message,
        403,
      );
}

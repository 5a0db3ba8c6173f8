import { AwsError } from '../errors.ts';
import type { HttpRequest } from './http-request.ts';

/** What a request says of its own signature, in the Authorization header or in a presigned query. */
export interface Signature {
  readonly kind: 'header' | 'presigned';
  readonly accessKeyId: string;
  /** yyyymmdd */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** Hex. */
  readonly signature: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/;

/** The signature's own words; undefined for an anonymous request. Nothing is verified yet. */
export function readSignature(request: HttpRequest): Signature | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, credential, signedHeaders, signature] = AUTHORIZATION.exec(authorization) ?? [];
    if (credential === undefined || signedHeaders === undefined || signature === undefined) {
      throw unsupportedMechanism(
        authorization.startsWith(ALGORITHM) ? 'AuthorizationHeaderMalformed' : 'InvalidRequest',
      );
    }
    return { kind: 'header', ...readScope(credential), signedHeaders: signedHeaders.split(';'), signature };
  }
  const algorithm = request.query.get('X-Amz-Algorithm');
  if (algorithm === undefined) {
    // A URL presigned by version 2, which some tools still make where a region allows it.
    if (request.query.has('AWSAccessKeyId') && request.query.has('Signature'))
      throw unsupportedMechanism('InvalidRequest');
    return undefined;
  }
  const credential = request.query.get('X-Amz-Credential');
  const signedHeaders = request.query.get('X-Amz-SignedHeaders');
  const signature = request.query.get('X-Amz-Signature');
  if (
    algorithm !== ALGORITHM ||
    credential === undefined ||
    signedHeaders === undefined ||
    signature === undefined ||
    !/^[0-9a-f]{64}$/.test(signature)
  ) {
    throw new AwsError(
      'AuthorizationQueryParametersError',
      `Query-string authentication requires X-Amz-Algorithm=${ALGORITHM}, X-Amz-Credential, X-Amz-Date, X-Amz-Expires, X-Amz-SignedHeaders and X-Amz-Signature.`,
      400,
    );
  }
  return { kind: 'presigned', ...readScope(credential), signedHeaders: signedHeaders.split(';'), signature };
}

function unsupportedMechanism(code: string): AwsError {
  return new AwsError(
    code,
    `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
    400,
  );
}

function readScope(credential: string): Pick<Signature, 'accessKeyId' | 'date' | 'region' | 'service'> {
  const parts = credential.split('/');
  const [date, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  if (
    accessKeyId === '' ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator !== 'aws4_request' ||
    !/^\d{8}$/.test(date)
  ) {
    throw new AwsError(
      'AuthorizationHeaderMalformed',
      'The authorization header is malformed; the Credential must be "<access key>/yyyymmdd/<region>/<service>/aws4_request".',
      400,
    );
  }
  return { accessKeyId, date, region, service };
}

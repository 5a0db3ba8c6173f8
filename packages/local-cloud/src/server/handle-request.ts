import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { AwsError, notImplemented } from '../errors.ts';
import { headerText } from '../protocol/header-text.ts';
import { PROTOCOLS } from '../protocol/protocols.ts';
import type { ServiceModel } from '../protocol/service-model.ts';
import type { WireResponse } from '../protocol/wire.ts';
import { type Authenticator, authenticate } from './authenticate.ts';
import { readSignature, type Signature } from './credential-scope.ts';
import type { HttpFront } from './http-front.ts';
import { type HttpRequest, readHttpRequest } from './http-request.ts';
import { identifyOperation, identifyService, type ServedService } from './identify.ts';
import {
  bufferBody,
  checkPayloadHash,
  contentHashMismatch,
  streamBody,
  unframeBuffered,
} from './receive-body.ts';
import { respond } from './respond.ts';
import { frontOf, serveFront } from './serve-front.ts';
import { comesFromWebPage } from './web-page.ts';

export interface Pipeline {
  readonly served: ReadonlyMap<string, ServedService>;
  readonly fronts: readonly HttpFront[];
  readonly authenticator: Authenticator;
  /** Told of every fault of ours (an exception that is no AwsError); the client sees InternalError. */
  readonly onFault: (fault: unknown, operationName: string) => void;
}

/** One request from its first header to its last byte: identify, authenticate, parse, dispatch, serialise. */
export async function handleRequest(
  pipeline: Pipeline,
  message: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): Promise<void> {
  const front = frontOf(pipeline.fronts, message.url);
  if (front !== undefined) {
    await serveFront(front, message, response, awaitsContinue, pipeline.onFault);
    return;
  }
  const requestId = randomUUID();
  const state: Progress = { model: undefined, operationName: '(unidentified)' };
  let answer: WireResponse;
  try {
    answer = await answerRequest(pipeline, message, response, awaitsContinue, requestId, state);
  } catch (error) {
    answer = refusal(pipeline, error, requestId, state);
    // What is left of the body is no next request: the connection ends with the answer.
    if (!message.complete) response.setHeader('connection', 'close');
  }
  for (const [name, value] of requestIdHeaders(state.model, requestId)) response.setHeader(name, value);
  try {
    await respond(response, message.method === 'HEAD', answer);
  } catch (error) {
    if (!isDisconnect(error)) pipeline.onFault(error, state.operationName);
    response.destroy();
  } finally {
    closeStream(answer.body);
  }
}

interface Progress {
  model: ServiceModel | undefined;
  operationName: string;
}

async function answerRequest(
  { served, authenticator }: Pipeline,
  message: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
  requestId: string,
  state: Progress,
): Promise<WireResponse> {
  if (comesFromWebPage(message.headers)) throw webPageRefused();
  const bare = readHttpRequest(message);
  const signature = readSignature(bare);
  const target = identifyService(served, bare, signature);
  const { model, service } = target;
  state.model = model;
  if (signature?.kind === 'presigned' && model.id !== 's3') throw presignedRefused();

  // The query protocol names its operation in the body; every other body waits until the operation is known.
  const readAll = () => {
    if (awaitsContinue) response.writeContinue();
    return bufferBody(message, model);
  };
  const early = model.protocol === 'awsQuery' ? await readAll() : undefined;
  const form = () => new URLSearchParams(early?.toString('utf8') ?? '');
  const { operation, labels } = identifyOperation(target, bare, form);
  state.operationName = operation.name;
  const streaming = operation.input.payload?.streaming === true;

  const buffered = streaming ? undefined : (early ?? (await readAll()));
  const payloadHash = declaredHash(bare, signature, buffered);
  const signer = authenticate(authenticator, model, bare, signature, payloadHash);
  if (buffered !== undefined) checkBuffered(payloadHash, buffered);

  const implementation = service.operations[operation.name];
  if (implementation === undefined || !Object.hasOwn(service.operations, operation.name)) {
    throw notImplemented(model.id, operation.name);
  }
  if (streaming && awaitsContinue) response.writeContinue();
  const sent = signature?.kind === 'presigned' ? withHoistedHeaders(bare) : bare.headers;
  const { body, headers } =
    buffered === undefined
      ? { body: streamBody(message, payloadHash, signer), headers: sent }
      : await unframeBuffered(buffered, sent, payloadHash, signer);
  const protocol = PROTOCOLS[model.protocol];
  const { query, queryValues } = bare;
  const input = await protocol.readInput(model, operation, { labels, query, queryValues, headers, body });

  const output: unknown = await implementation(input, {
    requestId,
    headers,
    accessKeyId: signature?.accessKeyId,
    sourceIp: bare.sourceIp,
  });
  try {
    return protocol.writeOutput(model, operation, isRecord(output) ? output : {}, requestId);
  } catch (error) {
    if (isRecord(output)) closeStream(output['Body']);
    throw error;
  }
}

/** A stream that nobody reads to its end would keep its file open. */
function closeStream(body: unknown): void {
  if (body instanceof Readable) body.destroy();
}

function webPageRefused(): AwsError {
  return new AwsError(
    'AccessDenied',
    'The local cloud takes no requests of a web page: they must go to 127.0.0.1, localhost or [::1], without an Origin header ' +
      'and without a Sec-Fetch-Site header other than none.',
    403,
  );
}

/** Differs from AWS, where other services take signatures in the query as well; only URLs of objects are ever handed on. */
function presignedRefused(): AwsError {
  return new AwsError(
    'MissingAuthenticationToken',
    'Only S3 takes a signature in the query here: sign in the Authorization header.',
    403,
  );
}

/** The payload hash that the signature covers. S3 demands it as a header; others sign the hash of the body that they send. */
function declaredHash(
  request: HttpRequest,
  signature: Signature | undefined,
  buffered: Buffer | undefined,
): string {
  const declared =
    request.headers['x-amz-content-sha256']?.toString() ?? request.query.get('X-Amz-Content-Sha256');
  if (declared !== undefined) {
    checkPayloadHash(declared);
    return declared;
  }
  if (signature?.kind === 'presigned' && signature.service === 's3') return 'UNSIGNED-PAYLOAD';
  if (buffered !== undefined) return createHash('sha256').update(buffered).digest('hex');
  if (signature === undefined) return 'UNSIGNED-PAYLOAD';
  throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256', 400);
}

function checkBuffered(payloadHash: string, buffered: Buffer): void {
  if (!/^[0-9a-f]{64}$/.test(payloadHash)) return;
  const actual = createHash('sha256').update(buffered).digest('hex');
  if (actual !== payloadHash) throw contentHashMismatch(payloadHash, actual);
}

/**
 * A presigned query carries x-amz-* headers as parameters; they mean the same. Only checksums do not: signers put that of
 * the empty body there (SDK v3 does for every PutObject), and S3 takes no notice of it. What no header could have said is
 * refused: stored as metadata, it would make its object unreadable.
 */
function withHoistedHeaders(request: HttpRequest): HttpRequest['headers'] {
  const headers = { ...request.headers };
  for (const [name, value] of request.query) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-amz-') || lower.includes('checksum')) continue;
    if (!AUTHENTICATION_PARAMETERS.has(lower)) headers[lower] ??= headerText(lower, value);
  }
  return headers;
}

const AUTHENTICATION_PARAMETERS: ReadonlySet<string> = new Set(
  ['algorithm', 'credential', 'date', 'expires', 'signedheaders', 'signature', 'security-token'].map(
    (name) => `x-amz-${name}`,
  ),
);

function refusal(
  pipeline: Pipeline,
  error: unknown,
  requestId: string,
  { model, operationName }: Progress,
): WireResponse {
  let known = error instanceof AwsError ? error : undefined;
  if (known === undefined) {
    if (!isDisconnect(error)) pipeline.onFault(error, operationName);
    known = new AwsError(
      'InternalError',
      'We encountered an internal error. Please try again.',
      500,
      {},
      { cause: error },
    );
  }
  if (model === undefined) {
    // Before the service is known no protocol is: JSON that names itself is what most clients make sense of.
    return {
      status: known.httpStatus,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': known.code },
      body: JSON.stringify({ __type: known.code, message: known.message }),
    };
  }
  return PROTOCOLS[model.protocol].writeError(model, known, requestId);
}

function requestIdHeaders(model: ServiceModel | undefined, requestId: string): [string, string][] {
  return model?.protocol === 'restXml'
    ? [
        ['x-amz-request-id', requestId],
        ['x-amz-id-2', requestId],
        ['server', 'AmazonS3'],
      ]
    : [['x-amzn-requestid', requestId]];
}

function isDisconnect(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ABORT_ERR'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

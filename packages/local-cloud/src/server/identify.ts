import { AwsError, notImplemented } from '../errors.ts';
import type { OperationModel } from '../protocol/operation-model.ts';
import type { Router } from '../protocol/router.ts';
import type { ProtocolName, ServiceModel } from '../protocol/service-model.ts';
import type { Signature } from './credential-scope.ts';
import { decodePath, type HttpRequest } from './http-request.ts';
import type { Service } from './service.ts';

/** A service with its model: what a request can be for. */
export interface ServedService {
  readonly service: Service;
  readonly model: ServiceModel;
  readonly router: Router;
}

export interface IdentifiedOperation {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

/** The service by its signature's scope; for unsigned requests by target, form version or path; S3 otherwise. */
export function identifyService(
  served: ReadonlyMap<string, ServedService>,
  request: HttpRequest,
  signature: Signature | undefined,
): ServedService {
  const id = signature?.service ?? guessServiceId(served, request);
  const found = signedFor(served, request, id);
  if (found === undefined) {
    throw notImplemented(
      id,
      request.headers['x-amz-target']?.toString() ?? `${request.method} ${request.rawPath}`,
    );
  }
  const protocol = chosenProtocol(request);
  return protocol !== undefined && found.model.alsoSpeaks?.includes(protocol) === true
    ? { ...found, model: { ...found.model, protocol } }
    : found;
}

/** Of several services with one signing name, the one that has such a path. */
function signedFor(
  served: ReadonlyMap<string, ServedService>,
  request: HttpRequest,
  signingName: string,
): ServedService | undefined {
  const candidates = [...served.values()].filter(({ model }) => model.signingName === signingName);
  if (candidates.length < 2) return candidates[0];
  return (
    candidates.find(({ router }) => router.match(routable(request, request.rawPath)) !== undefined) ??
    candidates[0]
  );
}

function guessServiceId(served: ReadonlyMap<string, ServedService>, request: HttpRequest): string {
  const target = request.headers['x-amz-target']?.toString();
  for (const { model, router } of served.values()) {
    const id = model.signingName;
    if (model.targetPrefix !== '' && target?.startsWith(`${model.targetPrefix}.`) === true) return id;
    if (model.protocol === 'awsQuery' && request.query.get('Version') === model.apiVersion) return id;
    if (model.protocol === 'restJson1' && router.match(routable(request, request.rawPath)) !== undefined)
      return id;
  }
  return isForm(request) && request.rawPath === '/' ? 'sts' : 's3';
}

/** Of the protocols that show in the headers. */
function chosenProtocol(request: HttpRequest): ProtocolName | undefined {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return 'rpcV2Cbor';
  return isForm(request) ? 'awsQuery' : undefined;
}

function isForm(request: HttpRequest): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

/** The operation by path, target or Action. `form` is read only for the query protocol, where the body names it. */
export function identifyOperation(
  served: ServedService,
  request: HttpRequest,
  form: () => URLSearchParams,
): IdentifiedOperation {
  const { model, router } = served;
  switch (model.protocol) {
    case 'awsJson1_0':
    case 'awsJson1_1': {
      const target = request.headers['x-amz-target']?.toString() ?? '';
      return rpc(model, target.slice(target.indexOf('.') + 1));
    }
    case 'awsQuery':
      return rpc(model, form().get('Action') ?? request.query.get('Action') ?? '');
    case 'rpcV2Cbor':
      return rpc(model, /^\/service\/\w+\/operation\/(\w+)$/.exec(request.rawPath)?.[1] ?? '');
    case 'restJson1':
      return matched(model, request, router.match(routable(request, request.rawPath)));
    case 'restXml':
      return identifyS3(model, router, request);
  }
}

/** Path-style addresses: `/bucket/key`. The key is everything after the first slash, `//` and `..` included: it is no path. */
function identifyS3(model: ServiceModel, router: Router, request: HttpRequest): IdentifiedOperation {
  decodePath(request.rawPath);
  refuseHalfNamedPart(request);
  const [, rawBucket = '', rawKey = ''] = /^\/([^/]*)(?:\/(.*))?$/s.exec(request.rawPath) ?? [];
  const hostLabels: Record<string, string> = rawBucket === '' ? {} : { Bucket: decodePath(rawBucket) };
  return matched(model, request, router.match(routable(request, `/${rawKey}`), hostLabels));
}

/** Meant as a part of an upload: the model alone would take it for an object of its own. */
function refuseHalfNamedPart({ method, query }: HttpRequest): void {
  const hasUpload = query.has('uploadId');
  if (method !== 'PUT' || hasUpload === query.has('partNumber')) return;
  const [given, missing] = hasUpload ? ['uploadId', 'partNumber'] : ['partNumber', 'uploadId'];
  throw new AwsError(
    'InvalidArgument',
    `A PUT with ${given} is a part of an upload and needs ${missing}.`,
    400,
    {
      ArgumentName: missing,
    },
  );
}

function routable(request: HttpRequest, path: string) {
  return {
    method: request.method,
    path,
    query: request.query,
    hasHeader: (name: string) => request.headers[name] !== undefined,
  };
}

function rpc(model: ServiceModel, name: string): IdentifiedOperation {
  const operation = model.operations.get(name);
  if (operation === undefined) throw notImplemented(model.id, name === '' ? '(no operation named)' : name);
  return { operation, labels: {} };
}

function matched(
  model: ServiceModel,
  request: HttpRequest,
  route: IdentifiedOperation | undefined,
): IdentifiedOperation {
  if (route !== undefined) return route;
  if (model.id === 's3') {
    throw new AwsError(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      405,
      {
        Method: request.method,
      },
    );
  }
  throw notImplemented(model.id, `${request.method} ${request.rawPath}`);
}

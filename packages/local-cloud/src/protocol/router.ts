import { decodePath } from '../server/http-request.ts';
import type { OperationModel } from './operation-model.ts';
import type { ServiceModel } from './service-model.ts';

export interface Route {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

export interface RoutableRequest {
  readonly method: string;
  /** Raw path, still percent-encoded. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  hasHeader(name: string): boolean;
}

interface Candidate {
  readonly operation: OperationModel;
  readonly pattern: RegExp;
  /** Labels that the model binds to the host name (S3's Bucket) and this cloud to the first path segment. */
  readonly hostLabels: readonly string[];
}

/** Operations of buckets that only S3 Express and Object Lambda endpoints serve; their addresses shadow plain S3's. */
const ON_OTHER_ENDPOINTS: ReadonlySet<string> = new Set([
  'ListDirectoryBuckets',
  'CreateSession',
  'WriteGetObjectResponse',
]);

/**
 * Finds a REST operation from the model alone: method, path, static query, and the members it requires in query and
 * headers (which tell UploadPart from PutObject and CopyObject from both). The most demanding match wins.
 */
export class Router {
  readonly #byMethod = new Map<string, Candidate[]>();

  constructor(model: ServiceModel) {
    for (const operation of model.operations.values()) {
      if (model.id === 's3' && ON_OTHER_ENDPOINTS.has(operation.name)) continue;
      const hostLabels = operation.input.labels.filter(
        (label) => !operation.pathPattern.includes(`{${label}`),
      );
      const candidates = this.#byMethod.get(operation.method) ?? [];
      candidates.push({ operation, pattern: pathExpression(operation.pathPattern), hostLabels });
      this.#byMethod.set(operation.method, candidates);
    }
  }

  /** hostLabels: what stood in front of the path that `request.path` now is. */
  match(request: RoutableRequest, hostLabels: Readonly<Record<string, string>> = {}): Route | undefined {
    let best: { route: Route; score: number } | undefined;
    const given = Object.keys(hostLabels).length;
    for (const { operation, pattern, hostLabels: expected } of this.#byMethod.get(request.method) ?? []) {
      if (expected.length !== given) continue;
      const score = demandsMet(operation, request);
      if (score === undefined || (best !== undefined && score <= best.score)) continue;
      const path = pattern.exec(request.path);
      if (path === null) continue;
      const labels: Record<string, string> = { ...hostLabels };
      for (const [name, text] of Object.entries(path.groups ?? {})) labels[name] = decodePath(text);
      best = { route: { operation, labels }, score };
    }
    return best?.route;
  }
}

/** How many demands the operation makes and the request meets; undefined if it misses one. */
function demandsMet(operation: OperationModel, request: RoutableRequest): number | undefined {
  let score = (operation.pathPattern.match(/\/(?!\{)[^/]/g)?.length ?? 0) + 1;
  for (const [name, value] of operation.staticQuery) {
    const given = request.query.get(name);
    if (given === undefined || (value !== '' && given !== value)) return undefined;
    score += 10;
  }
  for (const member of operation.input.query) {
    if (!member.required) continue;
    if (!request.query.has(member.wireName)) return undefined;
    score += 10;
  }
  for (const member of operation.input.headers) {
    if (!member.required) continue;
    if (!request.hasHeader(member.wireName)) return undefined;
    score += 10;
  }
  return score;
}

function pathExpression(pattern: string): RegExp {
  const source = pattern
    .split(/(\{[^}]+\})/)
    .map((piece) => {
      const label = /^\{([^}+]+)(\+?)\}$/.exec(piece);
      if (label === null) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return label[2] === '+' ? `(?<${label[1]}>.+)` : `(?<${label[1]}>[^/]+)`;
    })
    .join('');
  return new RegExp(pattern.endsWith('}') || pattern === '/' ? `^${source}$` : `^${source}/?$`, 's');
}

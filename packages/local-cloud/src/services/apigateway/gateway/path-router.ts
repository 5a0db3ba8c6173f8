type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'greedy'; readonly name: string };

export interface PathRoute<Target> {
  /** ANY for every method. */
  readonly method: string;
  /** `/pets/{id}`, `/{proxy+}` */
  readonly path: string;
  readonly target: Target;
}

export interface PathMatch<Target> {
  readonly target: Target;
  readonly parameters: ReadonlyMap<string, string>;
}

const RANK = { text: 0, variable: 1, greedy: 2 };

/** Finds the most specific route of a path: text before `{name}` before `{name+}`, segment by segment, and a method before ANY. */
export class PathRouter<Target> {
  readonly #routes: readonly (PathRoute<Target> & { readonly segments: readonly Segment[] })[];

  constructor(routes: readonly PathRoute<Target>[]) {
    this.#routes = routes
      .map((route) => ({ ...route, segments: segmentsOf(route.path).map(parseSegment) }))
      .sort((a, b) => compare(a.segments, b.segments) || anyLast(a.method) - anyLast(b.method));
  }

  /** The segments as the API's kind reads them, decoded or not. */
  match(method: string, segments: readonly string[]): PathMatch<Target> | undefined {
    for (const route of this.#routes) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const parameters = matchSegments(route.segments, segments);
      if (parameters !== undefined) return { target: route.target, parameters };
    }
    return undefined;
  }
}

/** `/a/b` is two segments, `/` is one that is empty. */
export function segmentsOf(path: string): string[] {
  return path.slice(1).split('/');
}

function parseSegment(text: string): Segment {
  const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: 'text', text };
  return { kind: plus === '+' ? 'greedy' : 'variable', name };
}

function matchSegments(
  pattern: readonly Segment[],
  segments: readonly string[],
): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const given = segments[index];
    if (given === undefined) return undefined;
    if (expected.kind === 'greedy') {
      const rest = segments.slice(index).join('/');
      if (rest === '') return undefined;
      return parameters.set(expected.name, rest);
    }
    if (expected.kind === 'variable') {
      if (given === '') return undefined;
      parameters.set(expected.name, given);
    } else if (given !== expected.text) return undefined;
  }
  return segments.length === pattern.length ? parameters : undefined;
}

/** A total order: equal only if no path tells them apart by kind. */
function compare(a: readonly Segment[], b: readonly Segment[]): number {
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (segment.kind !== other.kind) return RANK[segment.kind] - RANK[other.kind];
  }
  return a.length - b.length;
}

function anyLast(method: string): number {
  return method === 'ANY' ? 1 : 0;
}

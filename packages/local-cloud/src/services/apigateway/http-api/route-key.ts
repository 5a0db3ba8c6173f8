import { badRequest } from '../errors.ts';

export const DEFAULT_ROUTE = '$default';

const METHODS = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
/** Text, `{name}`, or at the end `{name+}`. */
const SEGMENT = /^(?:[^{}/\s]*|\{[\w.-]+\})$/;
const LAST_SEGMENT = /^(?:[^{}/\s]*|\{[\w.-]+\+?\})$/;

/** `GET /items/{id}` or `$default`; BadRequestException for anything else. */
export function checkRouteKey(routeKey: string): void {
  if (routeKey === DEFAULT_ROUTE) return;
  const [, method = '', path = ''] = /^([A-Z]+) (\/.*)$/s.exec(routeKey) ?? [];
  const segments = path.slice(1).split('/');
  const isWellFormed =
    METHODS.has(method) &&
    segments.every((segment, index) =>
      (index === segments.length - 1 ? LAST_SEGMENT : SEGMENT).test(segment),
    );
  if (!isWellFormed) {
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
  }
  const names = segments.filter((segment) => segment.startsWith('{')).map((name) => name.replace('+', ''));
  if (new Set(names).size < names.length) {
    throw badRequest('The provided route key has two path variables of one name.');
  }
}

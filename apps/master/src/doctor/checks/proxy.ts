import { defineCheck, type Judgement, type TargetKind } from '../check.ts';

interface ProxySeen {
  readonly target: TargetKind;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const proxyVariable = /^(https?|all)_proxy$/i;

export const proxyCheck = defineCheck({
  id: 'proxy',
  title: 'Proxy',
  probe: ({ target, environment }): ProxySeen => ({ target: target.kind, environment }),
  judge: judgeProxy,
});

export function judgeProxy({ target, environment }: ProxySeen): Judgement {
  const set = Object.entries(environment)
    .filter(([name, value]) => proxyVariable.test(name) && value !== undefined && value !== '')
    .map(([name, value = '']) => ({ name, url: withoutPassword(value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (set.length === 0) return { status: 'ok', seen: 'no variable is set' };
  const list = set.map(({ name, url }) => `${name}=${url}`).join(', ');
  if (target !== 'local') {
    return {
      status: 'warning',
      seen: `${list}, but Skyground connects to AWS directly and does not use it`,
      advice: 'Where AWS can only be reached through the proxy, run from a network that reaches it directly.',
    };
  }
  const noProxy = `${environment['NO_PROXY'] ?? ''},${environment['no_proxy'] ?? ''}`;
  // The embedded cloud speaks http, and Node takes the variable of that scheme alone.
  const usedByNode =
    environment['NODE_USE_ENV_PROXY'] === '1' && set.some(({ name }) => /^http_proxy$/i.test(name));
  if (usedByNode && !/(^|,)\s*(\*|127\.0\.0\.1)\s*(,|$)/.test(noProxy)) {
    return {
      status: 'warning',
      seen: `${list} with NODE_USE_ENV_PROXY=1: requests to the embedded cloud on this machine would go to the proxy`,
      advice: 'export NO_PROXY=127.0.0.1',
    };
  }
  return { status: 'ok', seen: `${list}; not used for --target local` };
}

/** Written by hand, with or without a scheme, and with signs that a URL would have escaped: everything up to the last `@` is left out. */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/)?.*@/, '$1(hidden)@');
}

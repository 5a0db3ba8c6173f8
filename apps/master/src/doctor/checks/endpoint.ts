import http from 'node:http';
import https from 'node:https';
import { messageOf } from '../../errors.ts';
import { defineRemoteCheck, type Judgement, type Remote } from '../check.ts';

/** An answer to a request without a signature; any status will do. Local times in epoch milliseconds. */
export type EndpointAnswer =
  | {
      readonly kind: 'answered';
      readonly url: string;
      readonly status: number;
      /** The Date header; undefined where there is none that can be read. Whole seconds. */
      readonly dateMs: number | undefined;
      readonly sentMs: number;
      readonly receivedMs: number;
    }
  | { readonly kind: 'unreachable'; readonly url: string; readonly code: string };

export const endpointCheck = defineRemoteCheck({
  id: 'endpoint',
  title: 'Endpoint',
  after: ['region'],
  probe: (remote, _, signal) => askEndpoint(remote, signal),
  judge: judgeEndpoint,
});

export async function askEndpoint(remote: Remote, signal: AbortSignal): Promise<EndpointAnswer> {
  const url = await urlOf(remote);
  // As the SDK does it: with an agent of one's own, which asks no proxy, whatever the environment says.
  const { Agent, request } = url.startsWith('https:') ? https : http;
  const agent = new Agent();
  const sentMs = Date.now();
  try {
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request(url, { method: 'HEAD', agent, signal }, resolve).on('error', reject).end();
    });
    const receivedMs = Date.now();
    answer.resume();
    const dateMs = Date.parse(answer.headers.date ?? '');
    const dated = Number.isNaN(dateMs) ? undefined : dateMs;
    return { kind: 'answered', url, status: answer.statusCode ?? 0, dateMs: dated, sentMs, receivedMs };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'unreachable', url, code: codeOf(error) };
  } finally {
    agent.destroy();
  }
}

/** Of a real account the address of STS, which the SDK works out from the region: the first call of every command goes there. */
async function urlOf({ target, clients }: Remote): Promise<string> {
  if (target.kind === 'endpoint') return target.endpoint;
  const { config } = clients.sts;
  return config.endpointProvider({ Region: await config.region() }).url.href;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : messageOf(error);
}

export function judgeEndpoint(answer: EndpointAnswer): Judgement {
  if (answer.kind === 'answered') {
    return {
      status: 'ok',
      seen: `${answer.url} answers (HTTP ${answer.status} after ${answer.receivedMs - answer.sentMs} ms)`,
    };
  }
  const { url, code } = answer;
  return {
    status: 'problem',
    seen: `${url} cannot be reached (${code})`,
    advice: /CERT|SELF_SIGNED|ISSUER/.test(code)
      ? 'Its certificate is not trusted here: a proxy that opens connections? Give its authority with NODE_EXTRA_CA_CERTS.'
      : 'Is it running, is the address right, and does this machine have a way there (network, firewall, DNS)?',
  };
}

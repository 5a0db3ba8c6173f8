import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request may have been made by a page in a browser of this machine. Such a page reaches loopback ports without
 * asking (a text/plain POST has no preflight), and a function that it creates would run its code: so a listener of ours
 * refuses it first of all, whatever the request is signed with. AWS has no need to: its credentials are never public.
 * A browser names the page's origin or where it stands to us; a name that was rebound to 127.0.0.1 stays in Host. Pages of
 * our own origin are pages of functions (http-front.ts), no better than others: only what a person opens (`none`) is taken.
 */
export function comesFromWebPage(headers: IncomingHttpHeaders): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) return true;
  if (site !== undefined && site !== 'none') return true;
  return !isForThisMachine(headers);
}

/** Whether the request was addressed to loopback. What is open to web pages demands this alone. */
export function isForThisMachine({ host }: IncomingHttpHeaders): boolean {
  return host !== undefined && LOOPBACK_HOST.test(host);
}

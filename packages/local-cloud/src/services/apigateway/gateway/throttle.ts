import type { Throttling } from '../state/stage-members.ts';

/** What an account has where a stage says nothing. */
const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Token buckets: each holds `burst` requests and gains `rate` a second. */
export class Throttle {
  /** By the name of a route with limits. Only the owner makes those: there are never many, deleted ones included. */
  readonly #buckets = new Map<string, Bucket>();

  /** Whether a request may pass; takes its token. Without limits every one may. */
  allows(key: string, { rateLimit, burstLimit }: Throttling, nowMs: number): boolean {
    if (rateLimit === undefined && burstLimit === undefined) return true;
    const rate = rateLimit ?? ACCOUNT_RATE;
    const burst = burstLimit ?? ACCOUNT_BURST;
    const before = this.#buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const gained = (Math.max(0, nowMs - before.atMs) / 1000) * rate;
    const tokens = Math.min(burst, before.tokens + gained);
    const isAllowed = tokens >= 1;
    this.#buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, atMs: nowMs });
    return isAllowed;
  }
}

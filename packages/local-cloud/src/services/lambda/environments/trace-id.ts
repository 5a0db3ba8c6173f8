import { randomBytes, randomUUID } from 'node:crypto';

/** X-Ray's form; nothing is traced, so not sampled. */
export function newTraceId(): string {
  const id = randomUUID().replaceAll('-', '');
  const epochHex = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${epochHex}-${id.slice(0, 24)};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}

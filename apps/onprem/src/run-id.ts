import { randomBytes } from 'node:crypto';

/** `skyground-<UTC yyyymmddThhmmssZ>-<4 hex digits>` */
export function createRunId(now: Date, random: string = randomBytes(2).toString('hex')): string {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  return `skyground-${time}-${random}`;
}

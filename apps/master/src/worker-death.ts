import type { WorkerDied } from '@skyground/onprem';

/** What a person is told of an on-prem worker that died. */
export function workerDeath({ environmentId, reason, willRetry, image }: WorkerDied): string {
  return `${environmentId} ${reason}${willRetry ? `; ${image ?? 'its image'} is tried once more` : ''}`;
}

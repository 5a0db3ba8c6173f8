import type { FunctionStore } from './function-store.ts';
import { ACCOUNT_CONCURRENCY, MINIMUM_UNRESERVED } from './limits.ts';
import type { ProvisionedStore } from './provisioned-store.ts';

/**
 * What may be set aside in reservations and provisioned environments together, as in an AWS account with the default of
 * 1,000. What functions without either share is not what is left of it, but LambdaOptions.maximumConcurrency.
 */
export const MAXIMUM_SET_ASIDE = ACCOUNT_CONCURRENCY - MINIMUM_UNRESERVED;

/**
 * What functions other than `name` have set aside: their reservation, which includes their provisioned environments, else
 * these.
 */
export function setAsideByOthers(store: FunctionStore, provisioned: ProvisionedStore, name: string): number {
  let sum = 0;
  for (const record of store.list()) {
    if (record.name !== name) sum += record.reservedConcurrency ?? provisionedOf(provisioned, record.name);
  }
  return sum;
}

/** Of a function's versions together; `exceptVersion` is left out. */
export function provisionedOf(provisioned: ProvisionedStore, name: string, exceptVersion?: string): number {
  return provisioned
    .list(name)
    .filter(({ version }) => version !== exceptVersion)
    .reduce((sum, { environments }) => sum + environments, 0);
}

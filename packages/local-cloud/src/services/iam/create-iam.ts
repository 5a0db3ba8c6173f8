import type { CloudEnvironment } from '../../server/environment.ts';
import type { Service } from '../../server/service.ts';
import { policyOperations } from './policy-operations.ts';
import { roleOperations } from './role-operations.ts';
import { rolePolicies } from './role-policies.ts';
import { roles } from './roles.ts';
import { createTables } from './tables.ts';

/** IAM as far as deploy code needs it: roles and their policies, checked as documents and stored. Nothing is enforced. */
export function createIam(environment: CloudEnvironment): Service {
  createTables(environment.database);
  const store = roles(environment);
  return {
    id: 'iam',
    operations: {
      ...roleOperations(store),
      ...policyOperations(rolePolicies(environment, store)),
    },
  };
}

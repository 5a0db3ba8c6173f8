import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import { z } from 'zod';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { Service } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';

/** STS: who the caller is. There is one account with one user, whose access key every client uses. */
export function createSts({ accountId }: CloudEnvironment): Service {
  return {
    id: 'sts',
    operations: {
      GetCallerIdentity: validatedOperation(
        { serviceId: 'sts', errorCode: 'ValidationError' },
        'GetCallerIdentity',
        z.strictObject({}),
        (): Output<GetCallerIdentityCommandOutput> => ({
          UserId: 'AIDASKYGROUNDLOCALUSER',
          Account: accountId,
          Arn: `arn:aws:iam::${accountId}:user/skyground`,
        }),
      ),
    },
  };
}

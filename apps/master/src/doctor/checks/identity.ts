import { type Caller, identify } from '@skyground/cloud';
import { messageOf } from '../../errors.ts';
import { defineRemoteCheck, type Judgement } from '../check.ts';

type IdentitySeen =
  | { readonly kind: 'known'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly message: string };

export const identityCheck = defineRemoteCheck({
  id: 'identity',
  title: 'Identity',
  after: ['endpoint', 'credentials'],
  probe: async ({ clients }, _, signal): Promise<IdentitySeen> => {
    try {
      return { kind: 'known', caller: await identify(clients, signal) };
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'refused', message: messageOf(error) };
    }
  },
  judge: judgeIdentity,
});

export function judgeIdentity(seen: IdentitySeen): Judgement {
  if (seen.kind === 'known') {
    const { accountId, arn, region } = seen.caller;
    return { status: 'ok', seen: `account ${accountId} in ${region}, ${arn}` };
  }
  return {
    status: 'problem',
    seen: seen.message,
    advice: 'Mend this first: until the target knows who asks, nothing else of it can be checked.',
  };
}

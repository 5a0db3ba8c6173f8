import type { CloudClients } from '@skyground/cloud';
import { messageOf } from '../../errors.ts';

/** What the SDK's own chain comes to. Holds no secret. */
export type ResolvedCredentials =
  | {
      readonly kind: 'found';
      readonly keyIdStart: string;
      readonly hasSessionToken: boolean;
      readonly expiresAt: Date | undefined;
      /** The SDK's names of what gave them: `CREDENTIALS_ENV_VARS`, `CREDENTIALS_HTTP`. The metadata service has none. */
      readonly givenBy: readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string };

export async function resolveCredentials({ sts }: CloudClients): Promise<ResolvedCredentials> {
  try {
    const credentials = await sts.config.credentials();
    const { accessKeyId, sessionToken, expiration } = credentials;
    return {
      kind: 'found',
      keyIdStart: accessKeyId.slice(0, 4),
      hasSessionToken: Boolean(sessionToken),
      expiresAt: expiration,
      givenBy: '$source' in credentials ? Object.keys(credentials.$source ?? {}) : [],
    };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}

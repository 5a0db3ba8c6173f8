import {
  type CredentialSource,
  explainMissingCredentials,
  findCredentialSource,
  readSharedProfiles,
} from '@skyground/cloud';
import { messageOf } from '../../errors.ts';
import { defineRemoteCheck, type Judgement } from '../check.ts';

interface CredentialsSeen {
  /** `made up`: a URL target, to which nothing of the shell goes unasked. */
  readonly source: CredentialSource | 'made up';
  /** What the SDK itself came to. */
  readonly resolved:
    | { readonly kind: 'found'; readonly keyIdStart: string; readonly expiresAt: Date | undefined }
    | { readonly kind: 'failed'; readonly message: string };
  readonly environment: NodeJS.ProcessEnv;
  readonly now: Date;
}

export const credentialsCheck = defineRemoteCheck({
  id: 'credentials',
  title: 'Credentials',
  probe: async ({ target, clients }, { environment, now }, signal): Promise<CredentialsSeen> => {
    const isMadeUp = target.kind === 'endpoint' && target.credentials !== 'ambient';
    const resolved = await clients.sts.config.credentials().then(
      ({ accessKeyId, expiration }) =>
        ({ kind: 'found', keyIdStart: accessKeyId.slice(0, 4), expiresAt: expiration }) as const,
      (error: unknown) => ({ kind: 'failed', message: messageOf(error) }) as const,
    );
    signal.throwIfAborted();
    return {
      source: isMadeUp
        ? 'made up'
        : findCredentialSource(target.profile, environment, await readSharedProfiles()),
      resolved,
      environment,
      now: now(),
    };
  },
  judge: judgeCredentials,
});

export function judgeCredentials({ source, resolved, environment, now }: CredentialsSeen): Judgement {
  if (source === 'made up') {
    const seen = "made-up ones: a URL gets the shell's own only with --use-ambient-credentials";
    return { status: 'ok', seen };
  }
  if (resolved.kind === 'failed') return missing(source, resolved.message, environment);
  const seen = `${sourceSentence(source)}, access key ${resolved.keyIdStart}...`;
  if (resolved.expiresAt !== undefined && resolved.expiresAt <= now) {
    const advice = 'Log in again, or fetch new ones (in a learner lab: AWS Details, AWS CLI).';
    return { status: 'problem', seen: `${seen}, expired at ${resolved.expiresAt.toISOString()}`, advice };
  }
  if (isFallback(source)) {
    return {
      status: 'warning',
      seen: `${explainMissingCredentials(source, environment)} The SDK went on looking and found others (access key ${resolved.keyIdStart}...)`,
      advice: 'Make sure that these are the ones you mean: set right, or unset, what was named.',
    };
  }
  if (source.kind === 'profile' && environment['AWS_ACCESS_KEY_ID']) {
    return {
      status: 'warning',
      seen: `${seen}; AWS_ACCESS_KEY_ID is set too, but the profile wins (AWS warns that this may change)`,
      advice: 'Unset the one that you do not mean.',
    };
  }
  return { status: 'ok', seen };
}

/** What was named gave nothing, and the SDK's chain silently goes on to the next place. */
function isFallback({ kind }: CredentialSource): boolean {
  return kind === 'half-a-pair' || kind === 'profile-unknown' || kind === 'profile-without-keys';
}

function missing(source: CredentialSource, message: string, environment: NodeJS.ProcessEnv): Judgement {
  if (source.kind === 'profile' && source.means === 'sso') {
    return {
      status: 'problem',
      seen: `profile ${source.profile} uses SSO, and nobody is logged in (${message})`,
      advice: `aws sso login --profile ${source.profile}`,
    };
  }
  // The SDK's one message for everything says nothing that the explanation does not.
  const own = message.startsWith('Could not load credentials') ? '' : ` (${message})`;
  return {
    status: 'problem',
    seen: `${kindSentence(source)}${own}`,
    advice: explainMissingCredentials(source, environment),
  };
}

function kindSentence(source: CredentialSource): string {
  switch (source.kind) {
    case 'metadata-service':
      return source.isOff
        ? 'none anywhere, and the metadata service is switched off'
        : 'none in environment or files, and no metadata service answers';
    case 'half-a-pair':
      return `${source.missing} is not set`;
    case 'profile-unknown':
      return `profile ${source.profile} is unknown`;
    case 'profile-without-keys':
      return `profile ${source.profile} holds no keys`;
    default:
      return `${sourceSentence(source)}: gave none`;
  }
}

const means = {
  keys: 'its static keys',
  role: 'a role that it takes on',
  sso: 'SSO',
  process: 'its credential_process',
  'web-identity': 'its web identity token',
  login: 'aws login',
} as const;

function sourceSentence(source: CredentialSource): string {
  switch (source.kind) {
    case 'environment-keys':
      return source.temporary ? 'temporary keys of the environment' : 'keys of the environment';
    case 'profile':
      return `profile ${source.profile}, ${means[source.means]}`;
    case 'web-identity-file':
      return 'the token file of AWS_WEB_IDENTITY_TOKEN_FILE';
    case 'container':
      return "the container's credentials";
    default:
      return 'the instance metadata service';
  }
}

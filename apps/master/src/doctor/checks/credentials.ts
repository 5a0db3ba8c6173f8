import {
  type CredentialSource,
  explainMissingCredentials,
  findCredentialSource,
  readSharedProfiles,
} from '@skyground/cloud';
import { defineRemoteCheck, type Judgement } from '../check.ts';
import { type ResolvedCredentials, resolveCredentials } from '../credentials/resolve.ts';
import { missingSentence, sourceSentence } from '../credentials/sentences.ts';

interface CredentialsSeen {
  /** The place in which the SDK looks first. `made up`: a URL target, to which nothing of the shell goes unasked. */
  readonly source: CredentialSource | 'made up';
  readonly resolved: ResolvedCredentials;
  readonly environment: NodeJS.ProcessEnv;
  readonly now: Date;
}

type Found = Extract<ResolvedCredentials, { kind: 'found' }>;

export const credentialsCheck = defineRemoteCheck({
  id: 'credentials',
  title: 'Credentials',
  probe: async ({ target, clients }, { environment, now }, signal): Promise<CredentialsSeen> => {
    const isMadeUp = target.kind === 'endpoint' && target.credentials !== 'ambient';
    const resolved = await resolveCredentials(clients);
    signal.throwIfAborted();
    const source = isMadeUp
      ? 'made up'
      : findCredentialSource(target.profile, environment, await readSharedProfiles());
    return { source, resolved, environment, now: now() };
  },
  judge: judgeCredentials,
});

export function judgeCredentials({ source, resolved, environment, now }: CredentialsSeen): Judgement {
  if (source === 'made up') {
    const seen = "made-up ones: a URL gets the shell's own only with --use-ambient-credentials";
    return { status: 'ok', seen };
  }
  if (resolved.kind === 'failed') return missing(source, resolved.message, environment);
  const other = otherPlace(source, resolved);
  const from =
    other === undefined
      ? sourceSentence(source)
      : `${explainMissingCredentials(source, environment)} The SDK went on to ${other}`;
  const seen = `${from}, access key ${resolved.keyIdStart}...`;
  if (resolved.expiresAt !== undefined && resolved.expiresAt <= now) {
    const advice = 'Log in again, or fetch new ones (in a learner lab: AWS Details, AWS CLI).';
    return { status: 'problem', seen: `${seen}, expired at ${resolved.expiresAt.toISOString()}`, advice };
  }
  if (other !== undefined) {
    const advice = 'Make sure that these are the ones you mean: set right, or unset, what was named.';
    return { status: 'warning', seen, advice };
  }
  const doubt = tokenDoubt(resolved) ?? environmentDoubt(source, environment);
  return doubt === undefined
    ? { status: 'ok', seen }
    : { status: 'warning', seen: `${seen}${doubt.about}`, advice: doubt.advice };
}

/** What was named may have given nothing: then the SDK's chain goes on to the next place without a word. undefined where it did not. */
function otherPlace(source: CredentialSource, { givenBy }: Found): string | undefined {
  const { kind } = source;
  if (kind === 'profile' && givenBy.some((name) => name.startsWith('CREDENTIALS_PROFILE'))) return undefined;
  if (!['profile', 'half-a-pair', 'profile-unknown', 'profile-without-keys'].includes(kind)) return undefined;
  if (givenBy.includes('CREDENTIALS_HTTP')) return sourceSentence({ kind: 'container' });
  if (givenBy.includes('CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN'))
    return sourceSentence({ kind: 'web-identity-file' });
  return sourceSentence({ kind: 'metadata-service', isOff: false, known: [] });
}

interface Doubt {
  readonly about: string;
  readonly advice: string;
}

/** AWS says of both no more than that the token or the key is not valid. */
function tokenDoubt({ keyIdStart, hasSessionToken }: Found): Doubt | undefined {
  if (keyIdStart === 'ASIA' && !hasSessionToken) {
    const advice = 'Set its session token too (AWS_SESSION_TOKEN, or aws_session_token in the profile).';
    return { about: ', which is a temporary key and has no session token', advice };
  }
  if (keyIdStart === 'AKIA' && hasSessionToken) {
    const advice = 'Unset the session token (AWS_SESSION_TOKEN, or aws_session_token in the profile).';
    return { about: ", which is a long-lived key and has a session token: another key's", advice };
  }
  return undefined;
}

/** Keys in the environment that are there and are not used. */
function environmentDoubt(source: CredentialSource, environment: NodeJS.ProcessEnv): Doubt | undefined {
  if (source.kind !== 'profile') return undefined;
  const pair = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  const [set, ...more] = pair.filter((name) => environment[name]);
  if (set === undefined) return undefined;
  if (more.length > 0) {
    const about = '; AWS_ACCESS_KEY_ID is set too, but the profile wins (AWS warns that this may change)';
    return { about, advice: 'Unset the one that you do not mean.' };
  }
  const lacking = pair.find((name) => name !== set);
  return { about: `; ${set} is set without ${lacking}, so it is not used`, advice: 'Set both or neither.' };
}

function missing(source: CredentialSource, message: string, environment: NodeJS.ProcessEnv): Judgement {
  // SSO fails for other reasons too, which a login would not mend.
  if (source.kind === 'profile' && source.means === 'sso' && message.includes('sso login')) {
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
    seen: `${missingSentence(source)}${own}`,
    advice: explainMissingCredentials(source, environment),
  };
}

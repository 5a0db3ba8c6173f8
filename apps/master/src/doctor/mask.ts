import { type ProfileSection, withoutUserInfo } from '@skyground/cloud';

/** Of an access key id no more than this is shown. */
const SHOWN_CHARACTERS = 4;

/** Shorter ones are made up (`test`), and to replace them would garble every word that holds them. */
const SHORTEST_SECRET = 8;

const secretVariables = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'];
const secretKeys = ['aws_secret_access_key', 'aws_session_token', 'aws_security_token'];

/** Access key ids of AWS, wherever they come from (an answer of a server, say): long-lived ones and temporary ones. */
const keyIdPattern = /\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g;

/**
 * Makes what hides secrets in a text: every secret of the environment and of the AWS files by its value, all but the first four
 * characters of access key ids, and user names and passwords in URLs.
 */
export function maskFor(
  environment: NodeJS.ProcessEnv,
  sections: Readonly<Record<string, ProfileSection>>,
): (text: string) => string {
  const profiles = Object.values(sections);
  const pick = (variables: readonly string[], keys: readonly string[]) =>
    [
      ...variables.map((name) => environment[name]),
      ...profiles.flatMap((section) => keys.map((key) => section[key])),
    ]
      .filter((value) => value !== undefined)
      .filter((value) => value.length >= SHORTEST_SECRET)
      .sort((a, b) => b.length - a.length);
  const secrets = pick(secretVariables, secretKeys);
  const keyIds = pick(['AWS_ACCESS_KEY_ID'], ['aws_access_key_id']);
  return (text) => {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, '(hidden)');
    for (const keyId of keyIds) masked = masked.replaceAll(keyId, shortened(keyId));
    return withoutUserInfo(masked.replace(keyIdPattern, shortened));
  };
}

function shortened(keyId: string): string {
  return `${keyId.slice(0, SHOWN_CHARACTERS)}...`;
}

import { type ProfileSection, profileNames } from './shared-profiles.ts';

/** How a profile comes by its keys. */
export type ProfileMeans = 'keys' | 'role' | 'sso' | 'process' | 'web-identity' | 'login';

/** Where the SDK looks for credentials first, and whether it can find any there. Holds no secret. */
export type CredentialSource =
  | { readonly kind: 'environment-keys'; readonly keyIdStart: string; readonly temporary: boolean }
  | { readonly kind: 'half-a-pair'; readonly missing: string }
  | {
      readonly kind: 'profile';
      readonly profile: string;
      readonly means: ProfileMeans;
      /** First four characters of the access key id, where the profile itself holds one. */
      readonly keyIdStart: string | undefined;
    }
  | { readonly kind: 'profile-unknown'; readonly profile: string; readonly known: readonly string[] }
  | { readonly kind: 'profile-without-keys'; readonly profile: string }
  | { readonly kind: 'web-identity-file' }
  | { readonly kind: 'container' }
  | {
      readonly kind: 'metadata-service';
      /** Switched off by AWS_EC2_METADATA_DISABLED: then there is nowhere left to look. */
      readonly isOff: boolean;
      readonly known: readonly string[];
    };

/** Of an access key id no more than this is ever shown. */
const SHOWN_CHARACTERS = 4;

/** Any of them makes the SDK take a section for one of SSO, whole or not. */
const ssoKeys = ['sso_session', 'sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'];

/**
 * Tells apart what the SDK answers with one and the same "Could not load credentials from any providers", in the order in which its
 * default chain looks: a profile that was named beats keys in the environment.
 *
 * @param profile as named by flag, AWS_PROFILE or file; undefined where nobody named one
 */
export function findCredentialSource(
  profile: string | undefined,
  environment: NodeJS.ProcessEnv,
  sections: Readonly<Record<string, ProfileSection>>,
): CredentialSource {
  const named = profile ?? (environment['AWS_PROFILE'] || undefined);
  const keyId = environment['AWS_ACCESS_KEY_ID'] ?? '';
  const secret = environment['AWS_SECRET_ACCESS_KEY'] ?? '';
  if (named === undefined && keyId !== '' && secret !== '') {
    const temporary = Boolean(environment['AWS_SESSION_TOKEN']);
    return { kind: 'environment-keys', keyIdStart: keyId.slice(0, SHOWN_CHARACTERS), temporary };
  }
  const known = profileNames(sections);
  const name = named ?? 'default';
  const section = known.includes(name) ? sections[name] : undefined;
  const means = section === undefined ? undefined : meansOf(section);
  if (means !== undefined) {
    const keyIdStart = section?.['aws_access_key_id']?.slice(0, SHOWN_CHARACTERS);
    return { kind: 'profile', profile: name, means, keyIdStart };
  }
  if (named === undefined && (keyId !== '' || secret !== '')) {
    return {
      kind: 'half-a-pair',
      missing: keyId === '' ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY',
    };
  }
  if (section === undefined && named !== undefined) return { kind: 'profile-unknown', profile: named, known };
  if (environment['AWS_WEB_IDENTITY_TOKEN_FILE'] && environment['AWS_ROLE_ARN'])
    return { kind: 'web-identity-file' };
  if (
    environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] ||
    environment['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  )
    return { kind: 'container' };
  if (section !== undefined) return { kind: 'profile-without-keys', profile: name };
  return { kind: 'metadata-service', isOff: isMetadataServiceOff(environment), known };
}

/** As the SDK for JavaScript reads it: any word but `false` switches it off. */
export function isMetadataServiceOff(environment: NodeJS.ProcessEnv): boolean {
  const word = environment['AWS_EC2_METADATA_DISABLED'] ?? '';
  return word !== '' && word !== 'false';
}

/** In the SDK's order, which decides where a section has several. */
function meansOf(section: ProfileSection): ProfileMeans | undefined {
  const has = (key: string): boolean => Boolean(section[key]);
  if (has('role_arn') && has('source_profile') !== has('credential_source')) return 'role';
  if (has('aws_access_key_id') && has('aws_secret_access_key')) return 'keys';
  if (has('role_arn') && has('web_identity_token_file')) return 'web-identity';
  if (has('credential_process')) return 'process';
  if (ssoKeys.some(has)) return 'sso';
  return has('login_session') ? 'login' : undefined;
}

import type { CredentialSource } from '@skyground/cloud';

/** What is missing, where the SDK found nothing at all. */
export function missingSentence(source: CredentialSource): string {
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

/** Where credentials come from. */
export function sourceSentence(source: CredentialSource): string {
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

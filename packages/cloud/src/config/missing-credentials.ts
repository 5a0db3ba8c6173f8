import { type CredentialSource, isMetadataServiceOff } from './credential-source.ts';

/** Why the SDK found no credentials, and what to do: the one sentence that explainError and the doctor share. */
export function explainMissingCredentials(source: CredentialSource, environment: NodeJS.ProcessEnv): string {
  const metadata = isMetadataServiceOff(environment)
    ? ' The instance metadata service is switched off by AWS_EC2_METADATA_DISABLED.'
    : '';
  switch (source.kind) {
    case 'half-a-pair':
      return 'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set; both are needed.';
    case 'profile-unknown': {
      const { profile } = source;
      return `There is no AWS profile ${profile}. Known profiles: ${list(source.known)}. Make it with: aws configure --profile ${profile}`;
    }
    case 'profile-without-keys':
      return `The AWS profile ${source.profile} exists but gives no credentials: it needs aws_access_key_id and aws_secret_access_key, an SSO session or a role with its source_profile.${metadata}`;
    case 'metadata-service':
      return (
        'No AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile ' +
        `(known: ${list(source.known)}), or run where a role is attached.${metadata} Without an account, use --target local.`
      );
    case 'profile':
      return `The AWS profile ${source.profile} (${source.means}) gave no credentials: check its section in the AWS files.`;
    case 'environment-keys':
      return 'The keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY could not be used.';
    case 'web-identity-file':
      return 'The token file that AWS_WEB_IDENTITY_TOKEN_FILE names gave no credentials for AWS_ROLE_ARN.';
    case 'container':
      return 'The address that AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI names gave no credentials.';
  }
}

function list(profiles: readonly string[]): string {
  return profiles.join(', ') || 'none';
}

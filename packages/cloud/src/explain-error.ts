import { findCredentialSource } from './config/credential-source.ts';
import { explainMissingCredentials } from './config/missing-credentials.ts';
import { readSharedProfiles } from './config/shared-profiles.ts';
import { MADE_UP_CREDENTIALS, type Target } from './config/target.ts';
import { CloudError, CloudUsageError } from './errors.ts';
import { httpStatusOf } from './sdk-errors.ts';

/** What of an SDK error is used here; SDK errors carry these where a response came. */
interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly httpStatus: number | undefined;
}

/**
 * Turns what the SDK throws into a sentence that says what to do. The SDK has one message ("Could not load credentials from
 * any providers") for no credentials at all, an unknown profile, an empty profile and a metadata service that is off.
 * Errors that are already ours, and aborts, come back unchanged.
 */
export async function explainError(
  error: unknown,
  target: Target,
  environment: NodeJS.ProcessEnv,
): Promise<Error> {
  if (!(error instanceof Error)) return new CloudError(String(error), { cause: error });
  if (error instanceof CloudError || error instanceof CloudUsageError || error.name === 'AbortError')
    return error;
  const facts = factsOf(error);
  const user = (message: string): CloudUsageError => new CloudUsageError(message, { cause: error });
  const isNamed = !('endpoint' in target) || target.label.includes(target.endpoint);
  const where = isNamed ? target.label : `${target.label} at ${target.endpoint}`;

  if (facts.message.includes('Region is missing')) {
    return user(
      'No region: give --region or set AWS_REGION, or give the profile one with: aws configure set region NAME',
    );
  }
  if (/SSO|sso login/.test(facts.message)) return user(facts.message);
  if (facts.name === 'CredentialsProviderError') {
    const source = findCredentialSource(profileOf(target), environment, await readSharedProfiles());
    return user(explainMissingCredentials(source, environment));
  }
  if (/^ExpiredToken/.test(facts.name)) {
    return user(
      'The temporary AWS credentials have expired. Fetch new ones (in a learner lab: AWS Details, AWS CLI) and try again.',
    );
  }
  if (
    /^(RequestTimeTooSkewed|RequestExpired)/.test(facts.name) ||
    /Signature (expired|not yet current)/i.test(facts.message)
  ) {
    return user(
      `${where} refuses the time of the request (${facts.name}): this machine's clock is more than five minutes off. Synchronise it (NTP).`,
    );
  }
  if (
    /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature)/.test(
      facts.name,
    )
  ) {
    return user(
      `${where} does not accept the credentials (${facts.name}): the access key is unknown there, or its secret is not the right one.${madeUpHint(target)}`,
    );
  }
  if (/^(AccessDenied|UnauthorizedOperation)/.test(facts.name)) {
    return user(
      `${where} refuses: ${facts.message}. Where roles may not be made, name an existing one with --role (a learner lab's is LabRole).`,
    );
  }
  if (
    facts.code !== undefined &&
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EHOSTUNREACH)$/.test(facts.code)
  ) {
    return user(`${where} cannot be reached (${facts.code}). Is it running, and is the address right?`);
  }
  const status = facts.httpStatus === undefined ? '' : `, HTTP ${facts.httpStatus}`;
  return new CloudError(`${where} answered ${facts.name}${status}: ${facts.message}`, { cause: error });
}

function factsOf(error: Error): ErrorFacts {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, message: error.message, code, httpStatus: httpStatusOf(error) };
}

function profileOf(target: Target): string | undefined {
  return target.kind === 'local' ? undefined : target.profile;
}

/** The variables that the embedded cloud prints make it an endpoint by URL, to which the shell's keys do not go unasked. */
function madeUpHint(target: Target): string {
  if (target.kind !== 'endpoint' || target.credentials !== MADE_UP_CREDENTIALS) return '';
  return ' A URL is sent made-up keys: give --use-ambient-credentials to send those of this shell, or --target local (and unset AWS_ENDPOINT_URL) for the embedded cloud.';
}

import { CloudUsageError } from '../errors.ts';
import { environmentOverrides } from './endpoint-overrides.ts';
import { type LayeredSettings, lookUp } from './settings.ts';

/** Keys that are sent as they are. For local and URL targets they are made up, or asked for by name; never found by accident. */
export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The embedded cloud, before one was found or started. Its region is its own. */
export interface LocalChoice {
  readonly kind: 'local';
  readonly label: string;
}

/** Whether functions of the embedded cloud get processor time by their memory, as on AWS, and by what means. */
export type CpuShare = { readonly kind: 'off' } | { readonly kind: 'aws'; readonly means: string };

/** The embedded cloud, listening. */
export interface LocalTarget extends LocalChoice {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: StaticCredentials;
  readonly cpuShare: CpuShare;
}

/** An AWS-compatible endpoint by URL. */
export interface EndpointTarget {
  readonly kind: 'endpoint';
  readonly label: string;
  readonly region: string;
  readonly endpoint: string;
  /** `ambient` (the SDK's default chain) only where --use-ambient-credentials asked for it. */
  readonly credentials: StaticCredentials | 'ambient';
  readonly profile: string | undefined;
}

/** A real account. Credentials are the SDK's default chain, or the profile's. */
export interface AwsTarget {
  readonly kind: 'aws';
  readonly label: string;
  /** undefined: the profile's own region, which the SDK looks up. */
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

export type TargetChoice = LocalChoice | EndpointTarget | AwsTarget;
/** A target that clients can be made for. */
export type Target = LocalTarget | EndpointTarget | AwsTarget;

/** Where nobody names a region and no real account is meant. */
export const DEFAULT_REGION = 'us-east-1';

/** What emulators accept; sent instead of anything that the shell holds. */
export const MADE_UP_CREDENTIALS: StaticCredentials = {
  accessKeyId: 'skyground',
  secretAccessKey: 'skyground',
};

export interface ResolvedTarget {
  readonly target: TargetChoice;
  /** What a person should know before anything is sent, one sentence each. */
  readonly notices: readonly string[];
}

/** Decides where to go. Reads no files and sends nothing. */
export function resolveTarget(
  settings: LayeredSettings,
  options: { readonly useAmbientCredentials: boolean; readonly environment: NodeJS.ProcessEnv },
): ResolvedTarget {
  const name = lookUp(settings, 'target')?.value ?? 'local';
  const region = lookUp(settings, 'region')?.value;
  const profile = lookUp(settings, 'profile')?.value;
  const notices = collectNotices(settings, options.environment);

  if (name === 'aws') {
    const label = `aws (${region ?? 'the region of the profile'})`;
    return { target: { kind: 'aws', label, region, profile }, notices };
  }
  if (name === 'local') {
    if (options.useAmbientCredentials) {
      throw new CloudUsageError(
        '--use-ambient-credentials: expected a URL as --target; the embedded cloud has its own credentials.',
      );
    }
    return { target: { kind: 'local', label: 'cloud (local)' }, notices };
  }
  const credentials = options.useAmbientCredentials ? 'ambient' : MADE_UP_CREDENTIALS;
  return {
    target: {
      kind: 'endpoint',
      label: `cloud (${name})`,
      region: region ?? DEFAULT_REGION,
      endpoint: name,
      credentials,
      profile,
    },
    notices,
  };
}

/** The local choice, once an embedded cloud listens. Its label tells every report of a CPU share: it decides what is measured. */
export function startedLocalTarget(
  { kind, label }: LocalChoice,
  { endpoint, region, credentials, cpuShare }: Omit<LocalTarget, keyof LocalChoice>,
): LocalTarget {
  const told = cpuShare.kind === 'off' ? label : label.replace(/\)$/, ', AWS CPU share)');
  return { kind, label: told, endpoint, region, credentials, cpuShare };
}

function collectNotices(settings: LayeredSettings, environment: NodeJS.ProcessEnv): readonly string[] {
  const notices: string[] = [];
  const target = lookUp(settings, 'target');
  const overrides = environmentOverrides(environment).filter(
    ({ origin }) => target?.origin !== `environment ${origin}`,
  );
  if (overrides.length > 0) {
    const list = overrides.map(({ origin, url }) => `${origin}=${url}`).join(', ');
    notices.push(
      target?.value === 'aws'
        ? `IGNORED: ${list}. --target aws means the real AWS, and calls go there. To use that endpoint, give it as --target URL.`
        : `Ignored: ${list}. All calls go to ${target?.value ?? 'local'}.`,
    );
  }
  if (target?.origin === 'environment AWS_ENDPOINT_URL') {
    notices.push(`All calls go to ${target.value}, because AWS_ENDPOINT_URL is set.`);
  }
  const region = lookUp(settings, 'region');
  if (
    region !== undefined &&
    !region.origin.startsWith('environment') &&
    (target?.value ?? 'local') === 'local'
  ) {
    notices.push(
      `Ignored: region ${region.value} (${region.origin}). The embedded cloud has a region of its own.`,
    );
  }
  if (region?.origin === 'environment AWS_DEFAULT_REGION' && (target?.value ?? 'local') !== 'local') {
    notices.push('The region is taken from AWS_DEFAULT_REGION; the SDK alone reads only AWS_REGION.');
  }
  return notices;
}

import type { ProfileSection } from './shared-profiles.ts';
import { withoutUserInfo } from './without-user-info.ts';

/** An address that the environment or a profile would send calls of AWS clients to. */
export interface EndpointOverride {
  /** Where it was written down: `AWS_ENDPOINT_URL_S3`, `profile work: services dev, s3`. */
  readonly origin: string;
  /** As it may be printed: without a password. */
  readonly url: string;
}

/** Of the environment: AWS_ENDPOINT_URL and its kin for one service each. Empty ones count as not set. */
export function environmentOverrides(environment: NodeJS.ProcessEnv): readonly EndpointOverride[] {
  return Object.entries(environment)
    .filter(([name]) => name === 'AWS_ENDPOINT_URL' || name.startsWith('AWS_ENDPOINT_URL_'))
    .filter(([, url]) => url !== undefined && url !== '')
    .map(([origin, url]) => ({ origin, url: withoutUserInfo(url ?? '') }))
    .sort((a, b) => (a.origin < b.origin ? -1 : 1));
}

/** Of a profile: its own endpoint_url, and those of the `services` section that it names. */
export function profileOverrides(
  profile: string,
  sections: Readonly<Record<string, ProfileSection>>,
): readonly EndpointOverride[] {
  const own = sections[profile]?.['endpoint_url'];
  const services = sections[profile]?.['services'];
  const ofServices = Object.entries(sections[`services.${services}`] ?? {}).flatMap(([key, url]) => {
    const service = /^(.+)\.endpoint_url$/.exec(key)?.[1];
    return service === undefined || !url
      ? []
      : [{ origin: `profile ${profile}: services ${services}, ${service}`, url: withoutUserInfo(url) }];
  });
  return [
    ...(own ? [{ origin: `profile ${profile}: endpoint_url`, url: withoutUserInfo(own) }] : []),
    ...ofServices,
  ];
}

/** AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true: no client follows any of them. */
export function areOverridesIgnored(environment: NodeJS.ProcessEnv): boolean {
  return environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
}

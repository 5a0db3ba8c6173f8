import {
  areOverridesIgnored,
  type EndpointOverride,
  environmentOverrides,
  lookUp,
  profileOverrides,
  readSharedProfiles,
  type TargetChoice,
} from '@skyground/cloud';
import { defineCheck, type Judgement } from '../check.ts';

interface OverridesSeen {
  readonly target: TargetChoice;
  /** Where the target was named; undefined: nowhere, so it is local. */
  readonly targetOrigin: string | undefined;
  readonly overrides: readonly EndpointOverride[];
  readonly areIgnored: boolean;
}

/** Addresses that send AWS clients elsewhere without a word: a deploy to the wrong place is found out late. */
export const endpointOverridesCheck = defineCheck({
  id: 'endpoint-overrides',
  title: 'Endpoint overrides',
  probe: async ({ environment, settings, target }): Promise<OverridesSeen> => {
    const profile = lookUp(settings, 'profile')?.value ?? 'default';
    return {
      target,
      targetOrigin: lookUp(settings, 'target')?.origin,
      overrides: [
        ...environmentOverrides(environment),
        ...profileOverrides(profile, await readSharedProfiles()),
      ],
      areIgnored: areOverridesIgnored(environment),
    };
  },
  judge: judgeOverrides,
});

export function judgeOverrides({ target, targetOrigin, overrides, areIgnored }: OverridesSeen): Judgement {
  if (overrides.length === 0) return { status: 'ok', seen: 'none' };
  const list = overrides.map(({ origin, url }) => `${origin} = ${url}`).join(', ');
  if (areIgnored)
    return { status: 'ok', seen: `${list}; ignored by all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true` };
  if (target.kind === 'local')
    return { status: 'ok', seen: `${list}; --target local never uses them, other AWS programs do` };
  if (target.kind === 'aws') {
    return {
      status: 'warning',
      seen: `${list}. Skyground IGNORES it: ALL CALLS GO TO THE REAL AWS; the AWS CLI and other programs go there instead`,
      advice: 'To use that address, give it as --target URL; else unset it.',
    };
  }
  const fromEnvironment = targetOrigin === 'environment AWS_ENDPOINT_URL';
  return {
    status: 'warning',
    seen: `${list}. ALL CALLS GO TO ${target.endpoint}${fromEnvironment ? ', because AWS_ENDPOINT_URL is set' : ''}`,
    advice: fromEnvironment
      ? 'For the embedded cloud: --target local, or unset AWS_ENDPOINT_URL. For AWS: --target aws.'
      : 'Other AWS programs go where the overrides say: unset what you do not mean.',
  };
}

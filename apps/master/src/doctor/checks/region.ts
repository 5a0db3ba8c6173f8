import { lookUp, readSharedProfiles } from '@skyground/cloud';
import { defineCheck, type Judgement, type TargetKind } from '../check.ts';

interface RegionSeen {
  readonly target: TargetKind;
  /** Chosen by flag, environment or project file. */
  readonly chosen: { readonly value: string; readonly origin: string } | undefined;
  readonly profile: { readonly name: string; readonly region: string | undefined };
}

export const regionCheck = defineCheck({
  id: 'region',
  title: 'Region',
  probe: async ({ settings, target }): Promise<RegionSeen> => {
    const name = (target.kind === 'local' ? undefined : target.profile) ?? 'default';
    const sections = await readSharedProfiles();
    return {
      target: target.kind,
      chosen: lookUp(settings, 'region'),
      profile: { name, region: sections[name]?.['region'] },
    };
  },
  judge: judgeRegion,
});

export function judgeRegion({ target, chosen, profile }: RegionSeen): Judgement {
  if (target === 'local') return judgeForLocal(chosen);
  if (chosen?.origin === 'environment AWS_DEFAULT_REGION') {
    return {
      status: 'warning',
      seen: `${chosen.value} from AWS_DEFAULT_REGION, which Skyground and the AWS CLI read, but the AWS SDK for JavaScript does not`,
      advice: `export AWS_REGION=${chosen.value}, so that all of them mean the same.`,
    };
  }
  if (chosen !== undefined) return { status: 'ok', seen: `${chosen.value} (${chosen.origin})` };
  if (target === 'endpoint')
    return { status: 'ok', seen: 'us-east-1 (default of a URL target; nothing else is set)' };
  if (profile.region !== undefined)
    return { status: 'ok', seen: `${profile.region} (profile ${profile.name})` };
  return {
    status: 'problem',
    seen: `none: no --region, no AWS_REGION, and profile ${profile.name} has none`,
    advice: `Give --region, or set AWS_REGION, or: aws configure set region NAME --profile ${profile.name}`,
  };
}

function judgeForLocal(chosen: RegionSeen['chosen']): Judgement {
  const own = "the embedded cloud's own";
  if (chosen === undefined) return { status: 'ok', seen: own };
  const seen = `${own}; ${chosen.value} (${chosen.origin}) is not used`;
  if (chosen.origin.startsWith('environment')) return { status: 'ok', seen };
  return { status: 'warning', seen, advice: 'Leave the region out, or name the --target it is meant for.' };
}

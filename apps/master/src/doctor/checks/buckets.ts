import { type InspectedBucket, inspectBuckets } from '@skyground/cloud';
import { defineRemoteCheck, type Judgement, together } from '../check.ts';
import { declarationFor } from '../declaration.ts';

/** The main job's two buckets, by the same look that deploy takes before it changes anything. */
export const bucketsCheck = defineRemoteCheck({
  id: 'buckets',
  title: 'Buckets',
  after: ['sharp', 'identity'],
  probe: async ({ clients, target }, { settings }, signal) =>
    inspectBuckets(await declarationFor(settings, target), clients, { signal }),
  judge: judgeBuckets,
});

export function judgeBuckets(buckets: readonly InspectedBucket[]): Judgement {
  const [first, ...rest] = buckets.map(judgeBucket);
  return first === undefined ? { status: 'ok', seen: 'none is needed' } : together([first, ...rest]);
}

function judgeBucket({ name, state }: InspectedBucket): Judgement {
  if (state.kind === 'there') return { status: 'ok', seen: `${name} is there` };
  if (state.kind === 'due') {
    const what = state.action === 'create' ? 'is not there yet' : 'is there, without our tags';
    return { status: 'ok', seen: `${name} ${what}: deploy sees to it` };
  }
  return {
    status: 'problem',
    seen: state.error.message,
    advice:
      'Name buckets of your own, in this region, with --input-bucket and --output-bucket, or leave these flags out.',
  };
}

import { type Finding, named } from '@skyground/experiment';
import { functionNames, functionRunsOf } from '../function-runs.ts';
import { isCompared, type Sample } from '../sample.ts';

/** Clocks have whole milliseconds, and a cloud's and a client's never agree to one. */
const toleranceMs = 2;

/** A latency that ends with the first function is that of the first function. */
export function timedToTheEnd(samples: readonly Sample[]): readonly Finding[] {
  const cut = samples.filter(isCompared).flatMap((sample) => {
    const problem = problemOf(sample);
    return problem === undefined ? [] : [{ mode: sample.mode, said: `${sample.unit} (${problem})` }];
  });
  return [...Map.groupBy(cut, ({ mode }) => mode)].map(([mode, own]) => ({
    checkId: 'timed-too-short',
    severity: 'error',
    arms: [mode],
    seen: `${own.length} runs of ${mode} are not timed to their complete result: ${named(own.map(({ said }) => said))}.`,
    remedy:
      'End to end is until the complete result is recorded; a function without a record may have run after it.',
  }));
}

function problemOf(sample: Sample): string | undefined {
  const runs = functionRunsOf(sample);
  const missing = functionNames.filter((name) => !runs.some((run) => run.name === name));
  if (missing.length > 0) return `no record of ${missing.join(', ')}`;
  if (sample.finalPublishAtMs === null) return 'no complete result was published';
  const last = Math.max(sample.finalPublishAtMs, ...runs.map(({ userEndedAtMs }) => userEndedAtMs));
  const shortMs = last - sample.endedAtMs;
  return shortMs > toleranceMs ? `${Math.round(shortMs)} ms too short` : undefined;
}

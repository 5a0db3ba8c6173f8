import { describe, expect, test } from 'vitest';
import { type ExecutionResult, parseDefinition } from '../src/index.ts';
import { JumpingClock } from './support/jumping-clock.ts';
import { matchesRecorded } from './support/match-recorded.ts';
import { loadRecordedCases, type RecordedCase, whyNotApplicable } from './support/recorded-cases.ts';
import { recordedFunctions } from './support/recorded-functions.ts';
import { type RecordedEvent, runWorkflow } from './support/run-workflow.ts';

/** So many cases of each group end as recorded, and so many have the recorded events. They only go up. */
const FLOORS: Readonly<Record<string, { readonly results: number; readonly types: number }>> = {
  api: { results: 1, types: 0 },
  arguments: { results: 3, types: 3 },
  assign: { results: 17, types: 17 },
  base: { results: 13, types: 13 },
  choice: { results: 6, types: 6 },
  comments: { results: 1, types: 1 },
  context_object: { results: 1, types: 1 },
  error_handling: { results: 9, types: 9 },
  evaluate_jsonata: { results: 7, types: 7 },
  express: { results: 4, types: 0 },
  intrinsic_functions: { results: 79, types: 79 },
  logs: { results: 11, types: 11 },
  map: { results: 24, types: 24 },
  outputdecl: { results: 10, types: 10 },
  parallel: { results: 5, types: 5 },
  query_language: { results: 5, types: 5 },
  scenarios: { results: 24, types: 24 },
  services: { results: 11, types: 11 },
  states_variables: { results: 5, types: 5 },
  timeouts: { results: 5, types: 4 },
};

interface Verdict {
  readonly candidate: RecordedCase;
  readonly isSameResult: boolean;
  readonly hasSameTypes: boolean;
}

describe('what AWS did with the same workflow (skipped: recordings not found)', async () => {
  const cases = loadRecordedCases();
  if (cases === undefined) {
    test('recordings', ({ skip }) => skip('skipped: recordings not found'));
    return;
  }
  // The comparisons of Choice are judged beside the operators, without a machine around each.
  const applicable = cases.filter(
    (candidate) =>
      candidate.kind !== 'comparison' && whyNotApplicable(candidate) === undefined && isBuilt(candidate),
  );
  const verdicts = await Promise.all(applicable.map(judge));

  for (const [group, floor] of Object.entries(FLOORS)) {
    test(`${group}: at least ${floor.results} results and ${floor.types} histories`, () => {
      const ofGroup = verdicts.filter(({ candidate }) => candidate.group === group);
      const wrong = (member: 'isSameResult' | 'hasSameTypes') =>
        ofGroup.filter((verdict) => !verdict[member]).map(({ candidate }) => candidate.id);
      const histories = ofGroup.filter(({ candidate }) => candidate.kind === 'execution');
      expect(
        ofGroup.length - wrong('isSameResult').length,
        wrong('isSameResult').join(', '),
      ).toBeGreaterThanOrEqual(floor.results);
      expect(
        histories.length - wrong('hasSameTypes').length,
        wrong('hasSameTypes').join(', '),
      ).toBeGreaterThanOrEqual(floor.types);
    });
  }

  test('every group has a floor', () => {
    expect(new Set(applicable.map(({ group }) => group))).toEqual(new Set(Object.keys(FLOORS)));
  });
});

function isBuilt({ definition }: RecordedCase): boolean {
  const parsed = parseDefinition(JSON.stringify(definition));
  return parsed.ok || parsed.diagnostics.some(({ code }) => code !== 'NOT_IMPLEMENTED');
}

async function judge(candidate: RecordedCase): Promise<Verdict> {
  const clock = new JumpingClock();
  const { result, events } = await runWorkflow(candidate.definition, {
    input: candidate.input,
    tasks: recordedFunctions(candidate.lambdas, clock),
    clock,
  });
  return {
    candidate,
    isSameResult: isSameResult(candidate, result),
    hasSameTypes: candidate.kind !== 'execution' || hasSameTypes(candidate, events),
  };
}

function isSameResult(
  { expected, masks, output_masked: isMasked }: RecordedCase,
  result: ExecutionResult,
): boolean {
  if (result.status !== expected.status) return false;
  if (result.status !== 'SUCCEEDED') return (result.error ?? null) === expected.error;
  return isMasked || matchesRecorded(expected.output, result.output, masks);
}

/** Inside Parallel the recorder sorted the events and lost some that end one: there they are compared without order and end. */
function hasSameTypes(candidate: RecordedCase, events: readonly RecordedEvent[]): boolean {
  const isLost = (type: string) =>
    candidate.branch_events_sorted && /^ParallelState(Succeeded|Failed|Exited)$/.test(type);
  const order = (types: readonly string[]) => {
    const kept = types.filter((type) => !isLost(type));
    return candidate.branch_events_sorted ? kept.toSorted() : kept;
  };
  const recorded = candidate.expected.event_types ?? [];
  return order(events.map(({ type }) => type)).join() === order(recorded).join();
}

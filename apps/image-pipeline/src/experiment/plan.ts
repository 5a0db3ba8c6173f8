import { hostArchitecture } from '@skyground/cloud';
import type { Usage } from '@skyground/cost';
import type { Plan } from '@skyground/experiment';
import { type Parameters, settingsOf } from './parameters.ts';
import { type PlannedRun, plannedUnitOf, runsOf } from './plan-order.ts';

/** Guesses that nobody has measured yet: said to be estimates wherever they are shown. */
const estimated = {
  sessionMs: 20_000,
  warmUpRuns: 9,
  /** Beside work and delay. */
  runMs: 250,
  /** All branches of a 1920x1080 image, on two cores of this kind of machine. */
  workMsPerMegapixel: 1000,
  coldMs: 2500,
  billedPerRunMs: 800,
};
const perRun = { invocations: 6, memoryMb: 512, reads: 25, writes: 15, puts: 26, gets: 9, logBytes: 7000 };
/** States entered: ImageLoader, the Parallel, four branches, the Publisher. */
const transitionsPerRun = 7;

export async function plan(parameters: Parameters): Promise<Plan> {
  const runs = runsOf(parameters);
  const { widthPx, heightPx } = settingsOf(parameters);
  const workMs = (estimated.workMsPerMegapixel * widthPx * heightPx) / 1e6;
  const runMs = ({ scenario, start }: Pick<PlannedRun, 'scenario' | 'start'>) =>
    estimated.runMs +
    workMs +
    Math.max(...Object.values(scenario.delaysMs)) * parameters.timeScale +
    (start === 'cold' ? estimated.coldMs : 0);
  return {
    units: runs.map(plannedUnitOf),
    estimatedDurationMs:
      estimated.sessionMs +
      estimated.warmUpRuns * (estimated.runMs + workMs) +
      runs.reduce((sum, one) => sum + runMs(one), 0),
    estimatedUsage: estimatedUsage(runs, workMs, parameters.timeScale),
  };
}

function estimatedUsage(runs: readonly PlannedRun[], workMs: number, timeScale: number): Usage {
  const n = runs.length + estimated.warmUpRuns;
  const central = runs.filter(({ mode }) => mode === 'STEP_FUNCTIONS').length + estimated.warmUpRuns / 3;
  const delaysMs = runs.reduce(
    (sum, { scenario }) =>
      sum + timeScale * Object.values(scenario.delaysMs).reduce((total, ms) => total + ms, 0),
    0,
  );
  return {
    lambda: [
      {
        architecture: hostArchitecture() === 'arm64' ? 'arm64' : 'x86_64',
        memoryMb: perRun.memoryMb,
        requests: n * perRun.invocations,
        billedMs: n * (estimated.billedPerRunMs + workMs) + delaysMs,
      },
    ],
    stepFunctions: { transitions: central * transitionsPerRun },
    s3: { putRequests: n * perRun.puts, getRequests: n * perRun.gets },
    dynamoDb: { readUnits: (n - central) * perRun.reads, writeUnits: (n - central) * perRun.writes },
    logs: { ingestedBytes: n * perRun.logBytes },
  };
}

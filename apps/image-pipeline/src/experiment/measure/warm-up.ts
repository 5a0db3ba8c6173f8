import { type Parameters, settingsOf } from '../parameters.ts';
import type { PlannedRun } from '../plan-order.ts';
import { scenarios } from '../scenarios.ts';
import { measureUnits } from './measure-units.ts';
import type { Context, Place } from './place.ts';
import type { RowLog } from './row-log.ts';

/** A target that keeps no environment warm would never end. */
const mostRounds = 6;
/** Rounds in which nothing was cold, before anything counts: what runs for the first time is slow without being cold. */
const calmRounds = 2;

/** Every mode in turn until no environment has to start any more. The rows are kept, since they are billed, and not compared. */
export async function warmUp(context: Context, place: Place, log: RowLog): Promise<void> {
  context.progress('warming up');
  let calm = 0;
  for (let round = 1; round <= mostRounds && calm < calmRounds; round += 1) {
    const rows = await log.complete(await measureUnits(context, place, onceEach(context.parameters, round)));
    await log.record(rows.map((one) => ({ ...one, phase: 'warm-up' as const })));
    calm = rows.every(({ row }) => row.coldFunctions === 0) ? calm + 1 : 0;
  }
  if (calm === 0)
    context.log('warning', `environments still had to start after ${mostRounds} rounds of warm-up`);
}

/** Without delays: of a branch that waits nothing gets warm. */
function onceEach(parameters: Parameters, round: number): readonly PlannedRun[] {
  const scenario = scenarios.find(({ id }) => id === 'uniform');
  if (scenario === undefined) return [];
  return settingsOf(parameters).modes.map((mode) => ({ mode, scenario, start: 'warm' as const, round }));
}

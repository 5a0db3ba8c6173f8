import { type RunContext, UsageError } from '@skyground/experiment';
import { type Measured, measureExecution } from './measure-execution.ts';
import { measureGroup, type Row } from './measure-group.ts';
import type { Parameters } from './parameters.ts';
import { type Place, placeOf } from './place.ts';
import { groupLimits } from './plan.ts';
import { executionsOf, type Group, groupsOf, type PlannedExecution, unitOf } from './plan-order.ts';
import type { Sample } from './sample.ts';
import { type WarmUp, warmUp } from './warm-up.ts';
import { loggedTriggers, withLogs } from './with-logs.ts';

type Context = RunContext<Parameters, Sample>;

/** Group after group of what has no row yet; before each part so many environments are made warm as it uses. */
export async function run(context: Context): Promise<void> {
  const { parameters, units, signal } = context;
  const place = await placeOf(context);
  const log = new RowLog(context, place, await loggedTriggers(place, context.clock.nowMs(), signal));
  const groups = groupsOf(leftOf(executionsOf(parameters), units), groupLimits(parameters));
  let warmed: WarmUp | undefined;
  for (const group of groups) {
    signal.throwIfAborted();
    const part = group.executions[0]?.point.part === 'lab' ? 'lab' : 'sweep';
    if (warmed?.part !== part) {
      context.progress('warming up');
      warmed = await warmUp(context, place, part);
      await log.record(warmed.measured.map((measured) => ({ measured, phase: 'warm-up', unit: 'warm-up' })));
    }
    context.progress(titleOf(group, groups.indexOf(group) + 1, groups.length));
    await log.record(
      await measureGroup(group, ({ point }) => measureExecution(context, place, point), signal),
    );
  }
}

/** Which planned executions have no row yet, in run order. */
function leftOf(
  executions: readonly PlannedExecution[],
  units: Context['units'],
): readonly PlannedExecution[] {
  const keyOf = (arm: string, unit: string) => JSON.stringify([arm, unit]);
  const byKey = new Map(executions.map((one) => [keyOf(one.point.arm, unitOf(one)), one]));
  return units.map(({ arm, unit }) => {
    const execution = byKey.get(keyOf(arm, unit));
    if (execution !== undefined) return execution;
    throw new UsageError(`expected ${unit} of ${arm} in the plan of these parameters. Begin a new run.`);
  });
}

/** Takes rows to the run folder, with what the logs say of them. */
class RowLog {
  readonly #context: Context;
  readonly #place: Place;
  readonly #triggersSeen: Set<string>;
  #sinceMs: number;
  #unplanned = 0;

  constructor(context: Context, place: Place, earlierTriggers: readonly string[]) {
    this.#context = context;
    this.#place = place;
    this.#triggersSeen = new Set(earlierTriggers);
    this.#sinceMs = context.clock.nowMs();
  }

  async record(rows: readonly Row<Measured>[]): Promise<void> {
    const { clock, signal } = this.#context;
    const since = this.#sinceMs;
    this.#sinceMs = clock.nowMs();
    const { rows: complete, missing } = await withLogs(
      rows.map(({ measured }) => measured),
      this.#place,
      { sinceMs: since, signal, triggersSeen: this.#triggersSeen },
    );
    if (missing > 0)
      this.#context.log(
        'warning',
        `${missing} invocations of the probe have no REPORT line: their billed time is not known`,
      );
    for (const [index, row] of complete.entries()) {
      const { phase = 'measured', unit = '' } = rows[index] ?? {};
      if (row.error !== null) this.#context.log('error', `${row.arm}, ${unit}: ${row.error}`);
      await this.#context.record({ ...row, phase, unit: phase === 'measured' ? unit : this.#unique(unit) });
    }
  }

  /** Sessions differ by the time, rows of one by the number. */
  #unique(word: string): string {
    this.#unplanned += 1;
    return `${word} ${new Date(this.#sinceMs).toISOString()}#${this.#unplanned}`;
  }
}

function titleOf({ executions, distanceMs }: Group, number: number, of: number): string {
  const [first] = executions;
  const what = first?.point.part === 'lab' ? 'CHAIN and PARALLEL in turns' : 'sweeps';
  const beside = distanceMs === null ? '' : `, tasks of ${first?.point.workMs} ms beside each other`;
  return `${what}: group ${number} of ${of}, ${executions.length} executions${beside}`;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured } from './measure-execution.ts';
import { type Group, type PlannedExecution, unitOf } from './plan-order.ts';
import type { Sample } from './sample.ts';

/** An execution that met a cold start is measured so often at most. */
const mostAttempts = 3;

/** An execution, and what it is in the run. */
export interface Row<One> {
  readonly measured: One;
  readonly phase: Sample['phase'];
  /** Of a planned unit its name; of others a word that is made unique. */
  readonly unit: string;
}

/**
 * Each execution of a group has one row of phase `measured`. What succeeded and met a cold start is measured again first, and
 * kept beside it; what failed is never tried again, since a failure that is measured away would be hidden.
 */
export async function measureGroup<One extends Pick<Measured, 'status' | 'coldEnvironments'>>(
  group: Group,
  measure: (execution: PlannedExecution) => Promise<One>,
  signal: AbortSignal,
): Promise<readonly Row<One>[]> {
  const rows: Row<One>[] = [];
  let due = group.executions;
  for (let attempt = 1; due.length > 0; attempt += 1) {
    const again: PlannedExecution[] = [];
    for (const { execution, measured } of await measureOnce({ ...group, executions: due }, measure, signal)) {
      const isDueAgain =
        measured.status === 'SUCCEEDED' && measured.coldEnvironments > 0 && attempt < mostAttempts;
      if (isDueAgain) again.push(execution);
      rows.push(
        isDueAgain
          ? { measured, phase: 'cold again', unit: 'cold' }
          : { measured, phase: 'measured', unit: unitOf(execution) },
      );
    }
    due = again;
  }
  return rows;
}

async function measureOnce<One>(
  { executions, distanceMs }: Group,
  measure: (execution: PlannedExecution) => Promise<One>,
  signal: AbortSignal,
): Promise<readonly { readonly execution: PlannedExecution; readonly measured: One }[]> {
  if (distanceMs !== null) {
    return Promise.all(
      executions.map(async (execution, index) => {
        await sleep(index * distanceMs, undefined, { signal });
        return { execution, measured: await measure(execution) };
      }),
    );
  }
  const once: { execution: PlannedExecution; measured: One }[] = [];
  for (const execution of executions) once.push({ execution, measured: await measure(execution) });
  return once;
}

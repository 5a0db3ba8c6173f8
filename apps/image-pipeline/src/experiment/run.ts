import { Retirer } from '@skyground/cloud';
import { testImage } from '../test-image/test-image.ts';
import { uploadTestImage } from '../test-image/upload.ts';
import { type MeasuredUnit, measureUnits } from './measure/measure-units.ts';
import { type Context, type Place, placeOf } from './measure/place.ts';
import { RowLog } from './measure/row-log.ts';
import { warmUp } from './measure/warm-up.ts';
import { settingsOf } from './parameters.ts';
import { type PlannedRun, plannedRunsOf } from './plan-order.ts';

/** Taking changed variables back goes on after a stop, but not for ever. */
const cleaningLimitMs = 120_000;
/** Rows that a kill may cost: those of a batch are recorded together, once the logs have been read. */
const mostRowsOfBatch = 30;
/** A warm run that met a cold start is measured again so often. */
const mostAttempts = 3;

/** Warm rounds, then cold ones, of what has no row yet. */
export async function run(context: Context): Promise<void> {
  const place = placeOf(context);
  await uploadImage(context, place);
  const log = new RowLog(context, place);
  const left = plannedRunsOf(context.parameters, context.units);
  const warm = left.filter(({ start }) => start === 'warm');
  if (warm.length > 0) await warmUp(context, place, log);
  for (const batch of batchesOf(warm)) {
    context.progress(titleOf(batch, warm));
    await measureWarm(context, place, log, batch);
  }
  await measureCold(
    context,
    place,
    log,
    left.filter(({ start }) => start === 'cold'),
  );
}

async function uploadImage(context: Context, { clients, image }: Place): Promise<void> {
  context.progress('uploading the test image');
  const { widthPx, heightPx } = settingsOf(context.parameters);
  await uploadTestImage(clients, image, await testImage({ widthPx, heightPx }), context.signal);
}

async function measureWarm(
  context: Context,
  place: Place,
  log: RowLog,
  batch: readonly PlannedRun[],
): Promise<void> {
  let due = batch;
  for (let attempt = 1; due.length > 0; attempt += 1) {
    const rows = await log.complete(await measureUnits(context, place, due));
    // One that failed is never measured again: the failure would be hidden.
    const isAgain = ({ row }: (typeof rows)[number]) =>
      attempt < mostAttempts && row.outcome === 'succeeded' && (row.coldFunctions ?? 0) > 0;
    await log.record(rows.map((one) => ({ ...one, phase: isAgain(one) ? 'cold again' : 'measured' })));
    due = rows.filter(isAgain).map(({ planned }) => planned);
  }
}

/** Before each run all six functions lose their environments, whichever mode it is: no arm is left warm in one of them. */
async function measureCold(
  context: Context,
  place: Place,
  log: RowLog,
  runs: readonly PlannedRun[],
): Promise<void> {
  if (runs.length === 0) return;
  const { clock, signal } = context;
  const retirer = new Retirer(place.clients, () => clock.nowMs());
  try {
    for (const batch of batchesOf(runs)) {
      context.progress(titleOf(batch, runs));
      const measured: MeasuredUnit[] = [];
      for (const planned of batch) {
        await Promise.all(place.functions.map(({ name }) => retirer.retire(name, signal)));
        measured.push(...(await measureUnits(context, place, [planned])));
      }
      const rows = await log.complete(measured);
      await log.record(rows.map((one) => ({ ...one, phase: 'measured' as const })));
    }
  } finally {
    const cleaning = AbortSignal.timeout(cleaningLimitMs);
    const restored = await Promise.allSettled(retirer.changed.map((name) => retirer.restore(name, cleaning)));
    for (const one of restored) {
      if (one.status === 'rejected')
        context.log('warning', `not restored, the next deploy does it: ${one.reason}`);
    }
  }
}

function batchesOf(runs: readonly PlannedRun[]): readonly (readonly PlannedRun[])[] {
  return Array.from({ length: Math.ceil(runs.length / mostRowsOfBatch) }, (_none, index) =>
    runs.slice(index * mostRowsOfBatch, (index + 1) * mostRowsOfBatch),
  );
}

function titleOf([first]: readonly PlannedRun[], all: readonly PlannedRun[]): string {
  if (first === undefined) return 'done';
  const rounds = new Set(all.map(({ round }) => round)).size;
  return `${first.start} runs, round ${first.round} of ${rounds}: ${first.scenario.title}`;
}

import { deploy, namesOf } from '@skyground/cloud';
import { type RunContext, UsageError } from '@skyground/experiment';
import type { ImageProcessorDeclaration } from '@skyground/image-processor';
import { newRunId } from '../run-state.ts';
import { cloudRound } from './cloud-round.ts';
import { deployment } from './deployment.ts';
import { imagesOf } from './images.ts';
import { onPremRound } from './on-prem-round.ts';
import { type Parameters, processingOf } from './parameters.ts';
import type { RoundContext, RoundRow } from './round-context.ts';
import { type Round, roundsLeft, roundsOf, unitOf } from './rounds.ts';
import type { Sample } from './sample.ts';

type Context = RunContext<Parameters, Sample>;

/** Round after round, never both sides at a time. A round's rows are recorded once it is whole. */
export async function run(context: Context): Promise<void> {
  const { parameters, units, cloud, signal } = context;
  if (cloud === undefined)
    throw new Error('The cloud side was not opened: run this experiment by its runner.');
  const listed = await imagesOf(parameters.images);
  const images = new Map(listed.map((image) => [image.name, image]));
  const planned = roundsOf(
    parameters,
    listed.map(({ name }) => name),
  );
  const place = {
    clients: cloud.clients,
    declaration: deployment(parameters, cloud),
    waitMs: parameters.waitS * 1000,
  };
  const left = roundsLeft(planned, units);
  refuseOtherImages(left, units);
  for (const round of left) {
    signal.throwIfAborted();
    context.progress(titleOf(round));
    const runId = newRunId(new Date(context.clock.nowMs()));
    const log: RoundContext['log'] = (level, message) => context.log(level, message);
    const roundContext: RoundContext = { round, images, runId, signal, log };
    let rows: readonly RoundRow[];
    if (round.side === 'on_prem') {
      rows = await onPremRound(roundContext, processingOf(parameters));
    } else {
      if (round.phase === 'sweep')
        place.declaration = await redeployed(context, round.width, place.declaration);
      rows = await cloudRound(roundContext, { ...place, names: namesOf(place.declaration, cloud.identity) });
    }
    const roundImages = planned.find((one) => isSameRound(one, round))?.tasks.length ?? round.tasks.length;
    for (const row of rows) {
      await context.record({
        ...row,
        phase: row.phase ?? round.phase,
        arm: round.arm,
        width: round.width,
        roundImages,
        expectedSizeBytes: images.get(row.image)?.sizeBytes ?? 0,
        declaredMemoryMb: row.declaredMemoryMb ?? null,
        timedOut: row.timedOut ?? false,
        logBytes: row.logBytes ?? null,
        listRequests: row.listRequests ?? 0,
        targetLabel: context.targetLabel,
        priceRegion: cloud.priceRegion,
        architecture: place.declaration.architecture === 'arm64' ? 'arm64' : 'x86_64',
      });
    }
  }
}

/** A run goes on with the images that it began with: without one of them it would never end. */
function refuseOtherImages(left: readonly Round[], units: Context['units']): void {
  const present = new Set(left.flatMap(({ tasks }) => tasks.map(unitOf)));
  const gone = units.find(({ unit }) => !present.has(unit));
  if (gone === undefined) return;
  throw new UsageError(
    `expected the images that this run began with, but ${gone.unit.replace(/#\d+$/, '')} is no longer in the folder. Put it back, or start a new run.`,
  );
}

/** So many environments at once, no more and no fewer; nothing is sent where that is so already. */
async function redeployed(
  { parameters, cloud, signal }: Context,
  width: number,
  deployed: ImageProcessorDeclaration,
): Promise<ImageProcessorDeclaration> {
  if (cloud === undefined || deployed.functions.main.reservedConcurrency === width) return deployed;
  const declaration = deployment(parameters, cloud, width);
  await deploy(declaration, cloud.clients, { signal });
  return declaration;
}

function isSameRound(a: Round, b: Round): boolean {
  const first = b.tasks[0];
  return (
    a.arm === b.arm &&
    a.tasks.some((task) => task.image === first?.image && task.repetition === first.repetition)
  );
}

function titleOf({ phase, side, arm, tasks }: Round): string {
  const where = side === 'on_prem' ? 'on-premises' : 'in the cloud';
  const first = tasks[0]?.repetition;
  const what = phase === 'compare' ? `round ${first}` : `sweep, ${arm.replace(/^\S+ /, '')}`;
  return `${what}: ${tasks.length} images ${where}`;
}

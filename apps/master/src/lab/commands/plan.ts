import {
  type AnyExperiment,
  type ExitCode,
  exitCodes,
  type PlannedUnit,
  previewRun,
  type RunPreview,
} from '@skyground/experiment';
import { kebabCase, shownValue } from '@skyground/experiment/command-line';
import { formatSeconds, printable } from '../../output/format.ts';
import { textTable } from '../../output/table.ts';
import { billItems, billLine } from '../output/bill-lines.ts';
import { plural } from '../output/result-lines.ts';
import type { RunRequest } from '../run-request.ts';

/** `--dry-run`: what would be measured and what it would cost, without starting, asking or sending anything. */
export async function planCommand(
  experiment: AnyExperiment,
  { given, ...request }: RunRequest,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  const preview = await previewRun(experiment, given, request);
  if (json) {
    const { parameters, plan, bill } = preview;
    const { estimatedDurationMs } = plan;
    const counts = [...unitsByArm(plan.units)].map(([arm, units]) => ({ arm, units }));
    console.log(
      JSON.stringify({
        type: 'plan',
        experimentId: experiment.id,
        parameters,
        arms: counts,
        estimatedDurationMs,
        bill,
      }),
    );
    return exitCodes.valid;
  }
  console.log(planLines(experiment, preview).join('\n'));
  return exitCodes.valid;
}

/** A plan as a person reads it. */
export function planLines({ title }: AnyExperiment, { parameters, plan, bill }: RunPreview): string[] {
  return [
    `${title}: ${plural(plan.units.length, 'unit')}, about ${formatSeconds(plan.estimatedDurationMs)}`,
    ...textTable(
      [...unitsByArm(plan.units)].map(([arm, units]) => [`  ${printable(arm)}`, plural(units, 'unit')]),
    ),
    'Parameters',
    ...Object.entries(parameters).map(([name, { value, origin }]) =>
      printable(`  --${kebabCase(name)} ${shownValue(value)} (${origin})`),
    ),
    ...(bill === undefined ? ['It uses nothing of a cloud.'] : [billLine(bill), ...billItems(bill)]),
  ];
}

function unitsByArm(units: readonly PlannedUnit[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { arm } of units) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  return counts;
}

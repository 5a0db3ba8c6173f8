import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { CaseResult } from '../run/case-result.ts';
import { LEVELS, reasons, tally, tallyByGroup } from './tally.ts';

const FILE = resolve(import.meta.dirname, '../floors.json');

const levelSchema = z.strictObject({ passed: z.number(), of: z.number() });
const tallySchema = z.strictObject({
  cases: z.number(),
  result: levelSchema,
  types: levelSchema,
  events: levelSchema,
  notApplicable: z.number(),
});

/** What the last raising run reached: no later run may pass less, and docs/fidelity.md shows it. */
const floorsSchema = z.strictObject({
  /** Day of that run. */
  date: z.iso.date(),
  groups: z.record(z.string(), tallySchema),
  selfContained: tallySchema,
  notApplicable: z.array(z.tuple([z.string(), z.number()])),
  /** Ids that differed, in any level. */
  failing: z.array(z.string()),
});
export type Floors = z.infer<typeof floorsSchema>;

export function readFloors(): Floors {
  return floorsSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
}

export function reached(results: readonly CaseResult[], date: string): Floors {
  return {
    date,
    groups: Object.fromEntries(tallyByGroup(results)),
    selfContained: tally(results.filter(({ isSelfContained }) => isSelfContained)),
    notApplicable: reasons(results),
    failing: results.filter(hasFailed).map(({ id }) => id),
  };
}

function hasFailed(result: CaseResult): boolean {
  return (
    result.kind === 'failed' ||
    (result.kind === 'tested' && result.failure !== undefined) ||
    (result.kind === 'compared' && LEVELS.some((level) => typeof result.comparison[level] === 'object'))
  );
}

/** Where fewer cases pass than before; a group that is missing passes none. */
export function belowFloors(floors: Floors, { groups }: Floors): string[] {
  return Object.entries(floors.groups).flatMap(([group, floor]) =>
    LEVELS.flatMap((level) => {
      const passed = groups[group]?.[level].passed ?? 0;
      return passed < floor[level].passed
        ? [`${group}: ${passed} pass on ${level}, the floor is ${floor[level].passed}`]
        : [];
    }),
  );
}

/** Whether the run reached what the floors do not say yet. */
export function differsFrom(floors: Floors, now: Floors): boolean {
  return JSON.stringify({ ...floors, date: '' }) !== JSON.stringify({ ...now, date: '' });
}

export function writeFloors(floors: Floors): void {
  writeFileSync(FILE, `${JSON.stringify(floors, null, 2)}\n`);
}

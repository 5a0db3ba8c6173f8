import type { CsvWriter } from '@skyground/metrics';
import { plannedUnitOf, workOf } from '../checks/rows.ts';
import { columnsOf, type SampleColumn } from '../contract/columns.ts';
import type { AnyExperiment, PlannedUnit } from '../contract/experiment.ts';
import { toCells } from '../contract/sample-rows.ts';
import type { Observation } from '../observation.ts';
import { openSamples } from './samples-file.ts';

/** Which planned units have a row, and which are left. */
export class Recorder {
  readonly #experiment: AnyExperiment;
  readonly #columns: readonly SampleColumn[];
  readonly #planned: ReadonlyMap<string, PlannedUnit>;
  readonly #finished = new Set<string>();
  /** Rows of units that have many, by their works. */
  readonly #parts = new Map<string, number>();
  #rows: CsvWriter | undefined;

  constructor(experiment: AnyExperiment, planned: readonly PlannedUnit[], earlier: readonly object[]) {
    this.#experiment = experiment;
    this.#columns = columnsOf(experiment.sample);
    this.#planned = new Map(planned.map((one) => [keyOf(one), one]));
    for (const sample of earlier) this.#count(experiment.observe(sample));
  }

  get finishedUnits(): number {
    return this.#finished.size;
  }

  /** In run order. */
  get unitsLeft(): readonly PlannedUnit[] {
    return [...this.#planned].filter(([key]) => !this.#finished.has(key)).map(([, unit]) => unit);
  }

  /** From here on rows are taken, until `close`. Gives the torn row that was removed, if there was one. */
  async open(folder: string): Promise<CsvWriter['repair']> {
    this.#rows = await openSamples(folder, this.#columns);
    return this.#rows.repair;
  }

  /** Appends a row, or throws: it breaks the schema, repeats a planned unit, or comes when the run is over. */
  async record(sample: object): Promise<Observation> {
    const rows = this.#rows;
    if (rows === undefined)
      throw new Error('A sample was recorded after the run had ended: await every record.');
    const cells = toCells(sample, this.#experiment.sample, this.#columns);
    if ('fault' in cells) {
      throw new TypeError(`A sample does not fit its schema and was not recorded:\n${cells.fault}`, {
        cause: cells.cause,
      });
    }
    const observation = this.#experiment.observe(sample);
    if (this.#finished.has(keyOf({ arm: observation.arm, unit: plannedUnitOf(observation) }))) {
      throw new Error(
        `Unit ${observation.unit} of ${observation.arm} has a row already; expected one row a unit.`,
      );
    }
    // Before the write: a second row of the unit must not slip in while the first is on its way.
    this.#count(observation);
    await rows.append(cells);
    return observation;
  }

  /** A unit is finished by its row, or by the last row of its parts. */
  #count({ arm, unit, partOf }: Observation): void {
    const key = keyOf({ arm, unit: partOf?.unit ?? unit });
    if (!this.#planned.has(key)) return;
    if (partOf !== undefined) {
      const work = keyOf({ arm, unit: workOf(unit) });
      const present = (this.#parts.get(work) ?? 0) + 1;
      this.#parts.set(work, present);
      if (present < partOf.parts) return;
    }
    this.#finished.add(key);
  }

  async close(): Promise<void> {
    const rows = this.#rows;
    this.#rows = undefined;
    await rows?.close();
  }
}

function keyOf({ arm, unit }: PlannedUnit): string {
  return JSON.stringify([arm, unit]);
}

import type { CsvWriter } from '@skyground/metrics';
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
  readonly #finished: Set<string>;
  #rows: CsvWriter | undefined;

  constructor(experiment: AnyExperiment, planned: readonly PlannedUnit[], earlier: readonly object[]) {
    this.#experiment = experiment;
    this.#columns = columnsOf(experiment.sample);
    this.#planned = new Map(planned.map((one) => [keyOf(one), one]));
    this.#finished = new Set(
      earlier.map((sample) => keyOf(experiment.observe(sample))).filter((key) => this.#planned.has(key)),
    );
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
    const key = keyOf(observation);
    if (this.#finished.has(key)) {
      throw new Error(
        `Unit ${observation.unit} of ${observation.arm} has a row already; expected one row a unit.`,
      );
    }
    // Before the write: a second row of the unit must not slip in while the first is on its way.
    if (this.#planned.has(key)) this.#finished.add(key);
    await rows.append(cells);
    return observation;
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

import { CostError } from '../errors.ts';
import { type OnPremParameters, onPremParameters, type ParameterUsed } from './parameters.ts';
import { imagesPerServerMonth, type ServerMonth, serverMonth, serversFor } from './server-month.ts';

/** What was measured on the ground, one value a sample. */
export type OnPremMeasured =
  /** CPU seconds of one image, on one core or summed over several. */
  | { readonly kind: 'cpu-seconds'; readonly perImage: readonly number[] }
  /** Images a second of a whole machine with all its workers: one value for each repetition of the same batch. */
  | { readonly kind: 'images-per-second'; readonly perMachine: readonly number[] };

/** Modelled from measured work and from the parameters listed in it. */
export interface OnPremCost {
  readonly kind: 'on-prem cost';
  readonly modelled: true;
  readonly imagesPerMonth: number;
  readonly servers: number;
  readonly imagesPerServer: number;
  readonly serverMonth: ServerMonth;
  readonly totalUsd: number;
  readonly parameters: readonly ParameterUsed[];
}

/** What so many images a month cost on servers of one's own. */
export function onPremCost(
  imagesPerMonth: number,
  measured: OnPremMeasured,
  given?: Partial<OnPremParameters>,
): OnPremCost {
  if (!(Number.isFinite(imagesPerMonth) && imagesPerMonth >= 0)) {
    throw new CostError(`imagesPerMonth is a number from 0 on, got ${imagesPerMonth}.`);
  }
  const { parameters, used } = onPremParameters(given);
  const seconds = serverSecondsPerImage(measured, parameters);
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  const imagesPerServer = imagesPerServerMonth(mean, parameters);
  const servers = serversFor(imagesPerMonth, imagesPerServer, parameters);
  const month = serverMonth(parameters);
  return {
    kind: 'on-prem cost',
    modelled: true,
    imagesPerMonth,
    servers,
    imagesPerServer,
    serverMonth: month,
    totalUsd: servers * month.totalUsd,
    parameters: used,
  };
}

/** For each sample, the seconds for which an image occupies a whole server. */
export function serverSecondsPerImage(
  measured: OnPremMeasured,
  { coresPerServer }: OnPremParameters,
): readonly number[] {
  if (measured.kind === 'cpu-seconds') {
    return positiveSamples(measured.perImage, 'CPU seconds per image').map((cpu) => cpu / coresPerServer);
  }
  return positiveSamples(measured.perMachine, 'Images per second').map((rate) => 1 / rate);
}

/** Costs are made of means, so a sample of zero work or NaN would silently cheapen a side. */
export function positiveSamples(values: readonly number[], name: string): readonly number[] {
  const wrong = values.findIndex((value) => !(Number.isFinite(value) && value > 0));
  if (wrong !== -1) {
    throw new CostError(
      `${name}: value ${wrong + 1} of ${values.length} is ${values[wrong]}; expected positive numbers. Leave out what was not measured.`,
    );
  }
  if (values.length === 0) throw new CostError(`${name}: expected at least one value, got none.`);
  return values;
}

import { z } from 'zod';
import { CostError } from '../errors.ts';
import defaultsFile from './defaults.json' with { type: 'json' };

const positive = z.number().positive();
const wholeFromOne = z.number().int().positive();

/** What a server costs and can do. Each has a documented default (defaults.json). */
const parametersSchema = z.strictObject({
  serverUsd: positive,
  /** Used where CPU seconds were measured, not where images a second of a whole machine were. */
  coresPerServer: wholeFromOne,
  amortisationYears: positive,
  powerWatts: positive,
  /** Power of the whole site over power of its machines. */
  pue: z.number().min(1),
  energyUsdPerKwh: z.number().nonnegative(),
  /** Share of the capacity that a month's images can use, above 0 up to 1. */
  utilisation: positive.max(1),
  serversPerAdministrator: positive,
  administratorUsdPerYear: z.number().nonnegative(),
  minimumServers: wholeFromOne,
});

export type OnPremParameters = Readonly<z.infer<typeof parametersSchema>>;

const parameterNames = parametersSchema.keyof().options;

const defaultSchema = z.strictObject({
  value: z.number(),
  unit: z.string().min(1),
  source: z.union([z.literal('assumption'), z.url()]),
  readOn: z.iso.date().optional(),
  note: z.string().min(1),
});

export const onPremDefaults = z.record(z.enum(parameterNames), defaultSchema).parse(defaultsFile);

/** A parameter as it was used, for the report: an address, `assumption`, or `given` by whoever asked. */
export interface ParameterUsed {
  readonly name: keyof OnPremParameters;
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly note: string;
}

/** The defaults with what is given in their place. Unknown names and impossible values are refused by name. */
export function onPremParameters(given: Partial<OnPremParameters> = {}): {
  readonly parameters: OnPremParameters;
  readonly used: readonly ParameterUsed[];
} {
  const defaults = Object.fromEntries(parameterNames.map((name) => [name, onPremDefaults[name].value]));
  const checked = parametersSchema.safeParse({ ...defaults, ...given });
  if (!checked.success) {
    throw new CostError(`The on-premises parameters are wrong: ${z.prettifyError(checked.error)}`, {
      cause: checked.error,
    });
  }
  const parameters = checked.data;
  const used = parameterNames.map((name) => {
    const { unit, source, note, readOn } = onPremDefaults[name];
    const isGiven = given[name] !== undefined;
    return {
      name,
      value: parameters[name],
      unit,
      source: isGiven ? 'given' : source,
      note: isGiven
        ? 'Given in place of the default.'
        : readOn === undefined
          ? note
          : `${note} Read on ${readOn}.`,
    };
  });
  return { parameters, used };
}

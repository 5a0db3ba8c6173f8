import { UsageError } from '@skyground/experiment';
import { z } from 'zod';
import { MAX_PIXELS } from '../functions/limits.ts';
import { modes } from './modes.ts';
import { customScenarioOf, type Scenario, scenarioIds, scenarios } from './scenarios.ts';

/** A branch may wait so long without outlasting its function's timeout. */
const longestDelayMs = 30_000;
const quickIterations = 3;
const sizeForm = /^(\d{2,4})x(\d{2,4})$/;
const leastEdgePx = 16;

export const parametersSchema = z.strictObject({
  all: z
    .boolean()
    .default(false)
    .describe('every mode, whatever --mode says; without both flags it is every mode, too'),
  mode: z
    .array(z.enum(modes))
    .min(1)
    .default([...modes])
    .describe('modes to measure: a comparison needs CLASSIC and FUTURE_BASED'),
  iterations: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('warm runs of each mode and scenario, the modes taking turns; an interval needs 6'),
  coldIterations: z
    .int()
    .min(0)
    .max(100)
    .default(3)
    .describe('runs of each mode and scenario in which all six functions are made to start cold'),
  quick: z.boolean().default(false).describe(`${quickIterations} iterations and no charts`),
  scenario: z
    .array(z.enum([...scenarioIds, 'all']))
    .min(1)
    .default(['uniform'])
    .describe('delays injected into the branches, by name; uniform has none'),
  delays: z
    .array(z.int().min(0).max(longestDelayMs))
    .refine((given) => given.length === 0 || given.length === 4, 'expected four delays in ms')
    .default([])
    .describe(
      'a scenario of your own instead: delays of Thumbnail, Transform, Filters and Contour in ms, four numbers',
    ),
  timeScale: z
    .number()
    .positive()
    .max(5)
    .default(1)
    .describe('factor on every injected delay; the work itself is not scaled'),
  imageSize: z
    .string()
    .refine(
      (text) => isSize(text),
      `expected width and height of at least ${leastEdgePx} pixels and at most ${MAX_PIXELS} together, such as 480x270,`,
    )
    .default('1920x1080')
    .describe('width and height of the generated test image in pixels, such as 480x270'),
  passing: z
    .enum(['key', 'inline'])
    .default('key')
    .describe('how the branches get the image: its place in S3, or base64 in the payload as the origin does'),
  waitS: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('how long the logs may bring nothing new before what is missing counts as lost'),
});

export type Parameters = Readonly<z.output<typeof parametersSchema>>;

/** What the parameters come to. */
export interface Settings {
  readonly modes: readonly (typeof modes)[number][];
  readonly scenarios: readonly Scenario[];
  readonly iterations: number;
  readonly coldIterations: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** @throws UsageError where they contradict each other. */
export function settingsOf(parameters: Parameters): Settings {
  const { all, mode, iterations, coldIterations, quick, timeScale, imageSize } = parameters;
  const chosen = chosenScenarios(parameters);
  const longest = Math.max(...chosen.flatMap(({ delaysMs }) => Object.values(delaysMs))) * timeScale;
  if (longest > longestDelayMs) {
    throw new UsageError(
      `expected delays of at most ${longestDelayMs} ms once scaled, got ${longest} ms: the functions would time out. Lower --time-scale.`,
    );
  }
  return {
    modes: all ? modes : modes.filter((one) => mode.includes(one)),
    scenarios: chosen,
    iterations: quick ? quickIterations : iterations,
    coldIterations,
    ...sizeOf(imageSize),
  };
}

function chosenScenarios({ scenario, delays }: Parameters): readonly Scenario[] {
  const [thumbnailMs, transformMs, filtersMs, contourMs] = delays;
  if (
    thumbnailMs !== undefined &&
    transformMs !== undefined &&
    filtersMs !== undefined &&
    contourMs !== undefined
  ) {
    return [customScenarioOf([thumbnailMs, transformMs, filtersMs, contourMs])];
  }
  return scenario.includes('all')
    ? scenarios
    : scenarios.filter(({ id }) => scenario.some((one) => one === id));
}

function isSize(text: string): boolean {
  const { widthPx, heightPx } = sizeOf(text);
  return Math.min(widthPx, heightPx) >= leastEdgePx && widthPx * heightPx <= MAX_PIXELS;
}

/** 0 x 0 where it spells none. */
function sizeOf(text: string): Pick<Settings, 'widthPx' | 'heightPx'> {
  const [, width = '0', height = '0'] = sizeForm.exec(text) ?? [];
  return { widthPx: Number(width), heightPx: Number(height) };
}

import { BRANCHES, type Branch } from '../branches.ts';
import { type Delays, delays } from '../wire/delays.ts';
import type { PublishedRuns } from './published.ts';
import { publishedRuns } from './published.ts';

export const scenarioIds = [
  'reversed',
  'single-slow-transform',
  'thumbnail-slowest',
  'moderate-variance',
  'uniform',
  'single-slow-filters',
  'all-equal',
  'exponential-growth',
  'bimodal',
  'staggered',
  'three-fast-one-slow',
  'extreme-outlier',
  'guide',
] as const;

export type ScenarioId = (typeof scenarioIds)[number];

/** The one of whoever gives --delays. */
export const customScenario = 'custom';

/** How long the branches take beyond their work, before any scaling. */
export interface Scenario {
  readonly id: ScenarioId | typeof customScenario;
  readonly title: string;
  /** `add` waits after the work; `pad-to` until the branch has taken so long. */
  readonly kind: Delays['kind'];
  readonly delaysMs: Readonly<Record<Branch, number>>;
  /** What the origin of the scenario published of it; null where it published nothing. */
  readonly published: PublishedRuns | null;
}

type FourDelays = readonly [thumbnailMs: number, transformMs: number, filtersMs: number, contourMs: number];

function scenario(
  id: Scenario['id'],
  title: string,
  [thumbnail, transform, filters, contour]: FourDelays,
  kind: Delays['kind'] = 'add',
): Scenario {
  const published = id === 'guide' || id === 'custom' ? null : publishedRuns[id];
  return { id, title, kind, delaysMs: { thumbnail, transform, filters, contour }, published };
}

/** Twelve delay scenarios in the origin's order, and its guide's durations, to which the branches are padded. */
export const scenarios: readonly Scenario[] = [
  scenario('reversed', 'Reversed', [4000, 2000, 1000, 0]),
  scenario('single-slow-transform', 'Single slow (Transform)', [0, 4000, 0, 0]),
  scenario('thumbnail-slowest', 'Thumbnail slowest', [5000, 0, 0, 0]),
  scenario('moderate-variance', 'Moderate variance', [0, 500, 1000, 1500]),
  scenario('uniform', 'Uniform', [0, 0, 0, 0]),
  scenario('single-slow-filters', 'Single slow (Filters)', [0, 0, 4000, 0]),
  scenario('all-equal', 'All equal', [2000, 2000, 2000, 2000]),
  scenario('exponential-growth', 'Exponential growth', [0, 500, 1500, 4000]),
  scenario('bimodal', 'Bimodal', [0, 0, 3000, 3000]),
  scenario('staggered', 'Staggered', [0, 1000, 2000, 3000]),
  scenario('three-fast-one-slow', 'Three fast, one slow', [0, 0, 0, 6000]),
  scenario('extreme-outlier', 'Extreme outlier', [0, 0, 0, 5000]),
  scenario('guide', 'Guide (padded)', [100, 200, 350, 1400], 'pad-to'),
];

export function customScenarioOf(delaysMs: FourDelays): Scenario {
  return scenario(customScenario, 'Custom', delaysMs);
}

/** As an execution is told: whole milliseconds. */
export function scaledDelays({ kind, delaysMs }: Scenario, timeScale: number): Delays {
  const scaled = (branch: Branch) => Math.round(delaysMs[branch] * timeScale);
  const [thumbnail, transform, filters, contour] = BRANCHES.map(scaled);
  return delays(kind, {
    thumbnail: thumbnail ?? 0,
    transform: transform ?? 0,
    filters: filters ?? 0,
    contour: contour ?? 0,
  });
}

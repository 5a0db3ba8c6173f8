import { type DrawnChart, type GanttRun, type GanttSpan, ganttChart } from '@skyground/charts';
import { medianOf } from '../figures/spread.ts';
import { type FunctionRun, functionNames, functionRunsOf } from '../function-runs.ts';
import { functionTitles, modeTitles } from '../output/words.ts';
import { isCompared, type Sample } from '../sample.ts';
import type { Summary } from '../summary/summary.ts';
import { aboutLines, shownGroup } from './lines.ts';

/** One warm run of each mode: the origin's timeline, measured. */
export function timelineDiagram(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  return ganttOf(summary, samples, 'warm', 'timeline_diagram', 'One warm run of each mode');
}

export function coldRuns(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  return ganttOf(summary, samples, 'cold', 'cold_runs', 'One cold run of each mode');
}

function ganttOf(
  summary: Summary,
  samples: readonly Sample[],
  start: 'cold' | 'warm',
  id: string,
  title: string,
): readonly DrawnChart[] {
  const group = shownGroup(summary, start);
  if (group === undefined) return [];
  const own = samples.filter(
    (one) => isCompared(one) && one.scenario === group.scenario && one.intendedStart === start,
  );
  const shown = summary.modes.flatMap((mode) => typicalOf(own.filter((one) => one.mode === mode)) ?? []);
  return [
    ganttChart({
      id,
      title: `${title}: ${group.label}`,
      lines: [...aboutLines(summary), 'of each mode the run whose latency is nearest its median'],
      runs: shown.map((sample) => ganttRun(sample)),
    }),
  ];
}

function typicalOf(samples: readonly Sample[]): Sample | undefined {
  const middle = medianOf(samples.flatMap(({ endToEndMs }) => endToEndMs ?? []));
  if (middle === null) return undefined;
  const distance = ({ endToEndMs }: Sample) => Math.abs((endToEndMs ?? Number.POSITIVE_INFINITY) - middle);
  return samples.toSorted((a, b) => distance(a) - distance(b))[0];
}

function ganttRun(sample: Sample): GanttRun {
  const runs = new Map(functionRunsOf(sample).map((run) => [run.name, run]));
  const since = (atMs: number) => atMs - sample.startedAtMs;
  return {
    label: modeTitles[sample.mode],
    lanes: functionNames.map((name) => {
      const run = runs.get(name);
      return {
        label: functionTitles[name],
        spans: run === undefined ? [] : spansOf(run, sample, since),
      };
    }),
    marks: [
      ...(sample.firstPublishAtMs === null || sample.firstPublishAtMs === sample.finalPublishAtMs
        ? []
        : [{ label: 'first publish', atMs: since(sample.firstPublishAtMs) }]),
      { label: 'complete', atMs: since(sample.endedAtMs) },
    ],
  };
}

/**
 * Init ends where the function begins. The Publisher asks for all inputs at once, as soon as it begins, and publishes what is there while
 * it waits for the others: so its waiting ends as long after its start as was recorded.
 */
function spansOf(
  { name, userStartedAtMs, userEndedAtMs, initMs }: FunctionRun,
  { billedWaitMs, firstPublishAtMs, finalPublishAtMs }: Sample,
  since: (atMs: number) => number,
): readonly GanttSpan[] {
  const [from, to] = [since(userStartedAtMs), since(userEndedAtMs)];
  const init: readonly GanttSpan[] =
    initMs === null ? [] : [{ kind: 'init', fromMs: Math.max(0, from - initMs), toMs: from }];
  const waitMs = name === 'publisher' ? (billedWaitMs ?? 0) : 0;
  if (waitMs <= 0) return [...init, { kind: 'work', fromMs: from, toMs: to }];
  const hasFirst = firstPublishAtMs !== null && firstPublishAtMs !== finalPublishAtMs;
  const waitsFrom = hasFirst ? since(firstPublishAtMs) : from;
  const waitsTo = Math.min(to, Math.max(waitsFrom, from + waitMs));
  const spans: readonly GanttSpan[] = [
    { kind: 'publish', fromMs: from, toMs: waitsFrom },
    { kind: 'wait', fromMs: waitsFrom, toMs: waitsTo },
    { kind: 'publish', fromMs: waitsTo, toMs: to },
  ];
  return [...init, ...spans.filter(({ fromMs, toMs }) => toMs > fromMs)];
}

import { isDrawable } from '../drawable.ts';
import { labelOf, plural } from '../format.ts';
import { uniqueLabels } from './arms.ts';
import type { GanttRequest, GanttRun, GanttSpan } from './gantt-request.ts';

export interface DrawnRun {
  readonly label: string;
  readonly lanes: readonly { readonly label: string; readonly spans: readonly GanttSpan[] }[];
  readonly marks: readonly { readonly label: string; readonly atMs: number }[];
}

/** More could not be read. */
const MOST = { runs: 8, lanes: 24, spans: 100, marks: 8 } as const;

/** What of the runs is drawn, cleaned, and in a line what is not. */
export function drawnRuns({ runs }: GanttRequest): {
  readonly runs: readonly DrawnRun[];
  readonly notes: readonly string[];
} {
  const labels = uniqueLabels(
    runs.map(({ label }) => label),
    [],
  );
  const drawn = runs.slice(0, MOST.runs).map(
    (run, index): DrawnRun => ({
      label: labels[index] ?? '',
      ...lanesOf(run),
    }),
  );
  const spans = countSpans(runs) - countSpans(drawn);
  return {
    runs: drawn,
    notes: [
      ...(runs.length > drawn.length ? [`${drawn.length} of ${plural(runs.length, 'run')} drawn`] : []),
      ...(spans > 0
        ? [`${plural(spans, 'span')} not drawn: too many, or without a beginning and an end`]
        : []),
    ],
  };
}

function lanesOf({ lanes, marks = [] }: GanttRun): Omit<DrawnRun, 'label'> {
  const labels = uniqueLabels(
    lanes.map(({ label }) => label),
    [],
  );
  return {
    lanes: lanes.slice(0, MOST.lanes).map(({ spans }, index) => ({
      label: labels[index] ?? '',
      spans: spans.filter(isSpan).slice(0, MOST.spans),
    })),
    marks: marks
      .filter(({ atMs }) => isDrawable(atMs))
      .slice(0, MOST.marks)
      .map(({ label, atMs }) => ({ label: labelOf(label, '(no name)'), atMs })),
  };
}

const isSpan = ({ fromMs, toMs }: GanttSpan): boolean =>
  isDrawable(fromMs) && isDrawable(toMs) && toMs >= fromMs;

const countSpans = (runs: readonly Pick<GanttRun, 'lanes'>[]): number =>
  runs.reduce((sum, { lanes }) => sum + lanes.reduce((own, { spans }) => own + spans.length, 0), 0);

/** From zero, or earlier, to the last moment of any run. */
export function timeDomain(runs: readonly DrawnRun[]): readonly [fromMs: number, toMs: number] {
  const moments = runs.flatMap(({ lanes, marks }) => [
    ...lanes.flatMap(({ spans }) => spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs])),
    ...marks.map(({ atMs }) => atMs),
  ]);
  const first = moments.reduce((least, atMs) => Math.min(least, atMs), 0);
  const last = moments.reduce((most, atMs) => Math.max(most, atMs), 0);
  return [first, last > first ? last + 0.02 * (last - first) : first + 1];
}

import fc from 'fast-check';
import {
  type DrawnChart,
  forestChart,
  ganttChart,
  groupedBarsChart,
  scatterChart,
  shareBarsChart,
  tableChart,
  workflowChart,
} from '../src/index.ts';
import { anyFigure, anyHeading, anyMeasure, anyText, anyValue, values } from './any-value.ts';

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const anySpan = fc.record({
  kind: fc.constantFrom('init', 'work', 'wait', 'publish'),
  fromMs: anyValue,
  toMs: anyValue,
});
const anyRun = fc.record({
  label: anyText,
  lanes: fc.array(fc.record({ label: anyText, spans: fc.array(anySpan, { maxLength: 5 }) }), {
    maxLength: 4,
  }),
  marks: fc.array(fc.record({ label: anyText, atMs: anyValue }), { maxLength: 5 }),
});
const anyNode = fc.record({
  id: anyText,
  name: anyText,
  type: fc.constantFrom('Task', 'Pass', 'Choice', 'Succeed', 'Fail', 'Parallel', 'Map'),
});
const anyEdge = fc.record({
  kind: fc.constantFrom('next', 'choice', 'catch', 'fan-out', 'fan-in'),
  from: fc.nat({ max: 9 }),
  to: fc.nat({ max: 9 }),
  label: anyText,
});

/** Charts of the builders that compare arms, gains and runs, of any data. */
export const anyComparisonChart: readonly fc.Arbitrary<DrawnChart>[] = [
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.array(
        fc.record({
          label: anyText,
          bars: fc.array(
            fc.record({ arm: anyText, figure: fc.oneof(anyFigure, anyValue, fc.constant(null)), values }),
            { maxLength: 4 },
          ),
        }),
        { maxLength: 5 },
      ),
    )
    .map(([head, measure, groups]) => groupedBarsChart({ ...head, measure, statistic: 'median', groups })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      anyText,
      fc.array(fc.record({ label: anyText, figure: nullable(anyFigure), bound: nullable(anyValue) }), {
        maxLength: 9,
      }),
    )
    .map(([head, measure, side, rows]) =>
      forestChart({ ...head, measure, statistic: side, sides: { below: side, above: 'B' }, rows }),
    ),
  fc
    .tuple(
      anyHeading,
      fc.array(anyText, { maxLength: 9 }),
      fc.array(fc.record({ label: anyText, counts: values }), { maxLength: 9 }),
    )
    .map(([head, parts, bars]) => shareBarsChart({ ...head, thing: 'run', parts, bars })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      anyMeasure,
      fc.option(anyText, { nil: undefined }),
      fc.array(
        fc.record({
          arm: anyText,
          points: fc.array(fc.record({ x: anyValue, y: anyValue }), { maxLength: 9 }),
        }),
        { maxLength: 9 },
      ),
    )
    .map(([head, x, y, equality, series]) =>
      scatterChart({
        ...head,
        x,
        y,
        thing: 'run',
        series,
        ...(equality === undefined ? {} : { equality }),
      }),
    ),
  fc
    .tuple(
      anyHeading,
      fc.array(anyText, { maxLength: 14 }),
      fc.array(fc.array(anyText, { maxLength: 5 }), { maxLength: 70 }),
    )
    .map(([head, columns, rows]) => tableChart({ ...head, columns, rows })),
  fc
    .tuple(anyHeading, fc.array(anyRun, { maxLength: 3 }))
    .map(([head, runs]) => ganttChart({ ...head, runs })),
  fc
    .tuple(anyHeading, fc.array(anyNode, { maxLength: 10 }), fc.array(anyEdge, { maxLength: 14 }))
    .map(([head, nodes, edges]) =>
      workflowChart({
        ...head,
        start: nodes[0]?.id ?? '',
        nodes,
        edges: edges.map(({ from, to, ...edge }) => ({
          ...edge,
          from: nodes[from]?.id ?? 'nowhere',
          to: nodes[to]?.id ?? 'nowhere',
        })),
      }),
    ),
];

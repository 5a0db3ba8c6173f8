import type { TopLevelSpec } from 'vega-lite';
import { formatChosen } from '../format.ts';
import { framedPanels, thinnedNote } from '../framed.ts';
import { axisTitle, linearScale, scaleFor } from '../scale.ts';
import { MOST_POINTS, thin, thinGroups } from '../thin.ts';
import { COLD, COLD_LOOK, colourBySeries, FAILED, FAILED_LOOK, looksOf, shapeBySeries } from './arms.ts';
import type { PercentilesOverTimeRequest, TimeWindows } from './time-windows.ts';

const HEIGHT_PX = 280;
const USERS_HEIGHT_PX = 64;
/** More windows than this stand so close that a symbol on each would hide the line. */
const MOST_SYMBOLS = 150;
/** Cold starts that take ten times as long would press the lines together at the foot of a linear axis. */
const WIDE_RATIO = 10;
const USERS_COLOUR = '#8a949c';

export function percentilesSpec(
  { title, measure, windowMs }: PercentilesOverTimeRequest,
  { windows, windowMs: drawnMs, startMs, endMs, usable, users }: TimeWindows,
  about: readonly string[],
): TopLevelSpec {
  const secondsOf = (ms: number) => (ms - startMs) / 1_000;
  const endS = secondsOf(endMs);
  const [median, p95] = looksOf(['median', 'p95']);
  const withFigures = windows.flatMap(({ index, figures }) =>
    figures === undefined ? [] : [{ index, figures }],
  );
  const lines = [median, p95].flatMap((look) => {
    if (look === undefined) return [];
    const points = withFigures.map(({ index, figures }, place) => ({
      series: look.label,
      // The last window may end after the last sample.
      seconds: Math.min(((index + 0.5) * drawnMs) / 1_000, endS),
      value: look === median ? figures.median : figures.p95,
      // Equal as long as windows follow each other: the line does not lead over a time in which nothing succeeded.
      stretch: index - place,
    }));
    return [{ look, points }];
  });
  const marked = (series: string, chosen: TimeWindows['usable']) =>
    chosen
      .map(({ endedAtMs, value }) => ({ series, seconds: secondsOf(endedAtMs), value: value ?? 0 }))
      .toSorted((a, b) => a.value - b.value || a.seconds - b.seconds);
  const groups = [
    marked(
      COLD,
      usable.filter(({ value, start }) => value !== null && start === 'cold'),
    ),
    marked(
      FAILED,
      usable.filter(({ value }) => value === null),
    ),
  ];
  const [cold = [], failed = []] = thinGroups(groups, MOST_POINTS);
  const points = lines.flatMap((line) => line.points);
  const values = [...points, ...cold].map(({ value }) => value);
  const scale = values.length === 0 ? linearScale([]) : scaleFor(values, WIDE_RATIO);
  const looks = [
    ...lines.filter((line) => line.points.length > 0).map(({ look }) => look),
    ...(cold.length > 0 ? [COLD_LOOK] : []),
    ...(failed.length > 0 ? [FAILED_LOOK] : []),
  ];
  const hasUsers = users.length > 0;
  const xAxis = (isLast: boolean) => ({
    field: 'seconds',
    type: 'quantitative' as const,
    scale: { domain: [-0.02 * (endS || 1), 1.02 * (endS || 1)], nice: false },
    axis: isLast ? { title: 'time since the first (s)' } : { title: null, labels: false, ticks: false },
  });
  const x = xAxis(!hasUsers);
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { ...scale },
    axis: {
      title: axisTitle(measure.name, measure.unit, scale),
      ...(scale.type === 'log' ? { format: '~r', tickCount: 6 } : {}),
    },
  };
  const looked = {
    color: colourBySeries(looks, { symbolOpacity: 1 }),
    shape: shapeBySeries(looks, { symbolOpacity: 1 }),
  };
  return framedPanels(
    title,
    [
      `windows of ${formatChosen(drawnMs / 1_000)} s${drawnMs > windowMs ? `: of ${formatChosen(windowMs / 1_000)} s there would be too many` : ''}, cold starts included`,
      ...thinnedNote(cold.length + failed.length, groups.flat().length),
      ...about,
    ],
    [
      {
        heightPx: HEIGHT_PX,
        layer: [
          ...lines.map(({ look, points: own }) => ({
            data: { values: own },
            mark: {
              type: 'line' as const,
              strokeWidth: 2.2,
              color: look.colour,
              strokeDash: [...look.dash],
            },
            encoding: { x, y, detail: { field: 'stretch', type: 'nominal' as const } },
          })),
          {
            data: { values: points },
            mark: {
              type: 'point',
              filled: true,
              opacity: 1,
              size: points.length > 2 * MOST_SYMBOLS ? 8 : 34,
            },
            encoding: { x, y, ...looked },
          },
          {
            data: { values: [...cold] },
            mark: { type: 'point', filled: true, opacity: cold.length > 500 ? 0.5 : 0.9, size: 90 },
            encoding: { x, y, ...looked },
          },
          {
            data: { values: [...failed] },
            mark: { type: 'point', filled: true, opacity: 1, size: 70 },
            encoding: { x, y: { value: HEIGHT_PX - 6 }, ...looked },
          },
        ],
      },
      ...(hasUsers ? [usersPanel()] : []),
    ],
  );

  function usersPanel() {
    const steps = thin(users, MOST_POINTS).map((one) => ({ seconds: secondsOf(one.atMs), users: one.users }));
    const until = steps.slice(-1).map((one) => ({ ...one, seconds: endS }));
    return {
      heightPx: USERS_HEIGHT_PX,
      layer: [
        {
          data: { values: [...steps, ...until] },
          mark: {
            type: 'area' as const,
            interpolate: 'step-after' as const,
            color: USERS_COLOUR,
            opacity: 0.35,
            line: { color: USERS_COLOUR, strokeWidth: 1.6 },
          },
          encoding: {
            x: xAxis(true),
            y: {
              field: 'users',
              type: 'quantitative' as const,
              scale: linearScale(users.map((one) => one.users)),
              axis: { title: 'users', tickMinStep: 1, tickCount: 3 },
            },
          },
        },
      ],
    };
  }
}

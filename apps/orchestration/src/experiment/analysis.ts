import { formatNumber } from '@skyground/charts';
import type { AnalysisSection } from '@skyground/experiment';
import { medianRatio } from '@skyground/statistics';
import { count, ratioText, typeName } from './format.ts';
import { handOverParts, labHandOvers } from './hand-over-table.ts';
import { lineText } from './line-text.ts';
import { pheromone } from './pheromone.ts';
import { meanOf, medianOf } from './spread.ts';
import { growthOf, steppable, stepsOf } from './steps.ts';
import type { Summary } from './summary.ts';
import { ofType, type SweepPoint, typesIn, valuesAt } from './sweep-summary.ts';
import { crossingWords, medianMs, medianPercent, medianWords } from './wording.ts';

/** The lab's questions, answered from this run's figures. */
export function analysis(summary: Summary): readonly AnalysisSection[] {
  if (summary.lab.chain.shown === null || summary.lab.parallel.shown === null) return [];
  return [
    interpretation(summary),
    definitions(summary),
    ...shortFunctions(summary),
    ...fanOut(summary),
    ...lengthPayloadAndType(summary),
    percentageTrap(summary),
    pheromone(summary),
  ];
}

function interpretation({ lab, targetLabel, isEmbedded }: Summary): AnalysisSection {
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const parallel = lab.parallel.executions.map(({ figures }) => figures);
  return {
    title: 'Typical thinking time, and the delay of the fan-out',
    paragraphs: [
      `Between two tasks of CHAIN the orchestrator thought for ${medianWords(chain.flatMap(({ gapsMs }) => gapsMs))} by the lab's definition, TaskSucceeded to the next TaskStateEntered: ${medianPercent(chain.map(({ overheadPercent }) => overheadPercent))} of a processing time of ${medianMs(chain.map(({ totalInternalMs }) => totalInternalMs))} (medians of ${chain.length} warm executions on ${targetLabel}). A function waited longer for its turn: from the end of one handler to the begin of the next ${medianWords(chain.flatMap(({ handlerGapsMs }) => handlerGapsMs))}, ${medianPercent(chain.map(({ handlerOverheadPercent }) => handlerOverheadPercent))} of the processing time.`,
      `PARALLEL had started the last of its five branches ${medianWords(parallel.map(({ fanOutDelayMs }) => fanOutDelayMs))} after it was entered (TaskStarted), and the last handler ran after ${medianWords(parallel.map(({ handlerFanOutDelayMs }) => handlerFanOutDelayMs))}; the state lasted ${medianMs(parallel.map(({ durationMs }) => durationMs))}.`,
      ...(isEmbedded
        ? [
            'The embedded cloud decides in the process that also keeps the history, so that success and next entry often fall into the same millisecond. On AWS a replicated service lies between them: the course saw 23 and 27 ms, and a fan-out delay of 102 ms. What carries over is which parts a hand-over has and what it depends on, not how long it takes, nor the steps of one service.',
          ]
        : []),
    ],
  };
}

function definitions({ lab }: Summary): AnalysisSection {
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const gaps = chain.flatMap(({ gapsMs, handlerGapsMs }) =>
    handlerGapsMs.map((gapMs, index) => gapMs - (gapsMs[index] ?? 0)),
  );
  const all = labHandOvers(lab);
  const parts = handOverParts.map(
    ({ name, what }) => `${formatNumber(meanOf(all.map((one) => one[name])) ?? 0)} ms ${what}`,
  );
  return {
    title: 'Why the two definitions differ',
    paragraphs: [
      `The event gap ends when the next state is entered. Its task is then scheduled, started and dispatched into an environment, and the answer of the one before has come back over the same way: from handler to handler holds all of that, and was in the median ${medianWords(gaps)} longer. Of ${formatNumber(meanOf(chain.flatMap(({ handlerGapsMs }) => handlerGapsMs)) ?? 0)} ms between handlers on average were ${parts.join(', ')}. Both are right; a published figure means nothing without its definition. The event gap says how long the orchestrator decides; handler to handler, how long the work stands still.`,
      'Events have timestamps of whole milliseconds, so that a single gap is known to a millisecond at best; handlers read a clock with fractions. Each end of a handler’s gap is by the clock of its own environment: on this machine one clock, on AWS those of two hosts, which are kept in step to well below the gaps that are seen there.',
    ],
  };
}

function shortFunctions({ sweeps, crossings }: Summary): readonly AnalysisSection[] {
  const points = ofType(sweeps.duration, typesIn(sweeps.duration)[0] ?? 'STANDARD');
  const [shortest] = points;
  const longest = points.at(-1);
  if (shortest === undefined || longest === undefined || shortest === longest) return [];
  const type = typeName(shortest.workflowType);
  const ratio = medianRatio(valuesAt(longest, 'handlerMs'), valuesAt(shortest, 'handlerMs'), { seed: 1 });
  const lead =
    ratio.kind !== 'ratio'
      ? ''
      : ratio.low <= 1
        ? 'A hand-over shows no growth with the duration of its tasks; the work that it is set against grows. '
        : `A hand-over took longer where tasks did: ${ratioText(ratio)}. `;
  return [
    {
      title: 'Why short functions suffer most',
      paragraphs: [
        `${lead}In chains of three (${type}) the gap from handler to handler was ${medianMs(valuesAt(shortest, 'handlerMs'))} where tasks waited ${shortest.x} ms and ${medianMs(valuesAt(longest, 'handlerMs'))} where they waited ${count(longest.x)} ms, while its share of the processing time went from ${medianPercent(valuesAt(shortest, 'handlerPercent'))} to ${medianPercent(valuesAt(longest, 'handlerPercent'))}.`,
        ...crossings.map(
          ({ workflowType, event, handler }) =>
            `${typeName(workflowType)}: from handler to handler ${handler.map(({ percent, crossing }) => crossingWords(percent, crossing)).join('; ')}. By the event gap ${event.map(({ percent, crossing }) => crossingWords(percent, crossing)).join('; ')}.`,
        ),
      ],
    },
  ];
}

function fanOut({ sweeps }: Summary): readonly AnalysisSection[] {
  const types = typesIn(sweeps.width);
  if (types.length === 0) return [];
  return [
    {
      title: 'How the fan-out grows with the width',
      paragraphs: types.map((type) => fanOutWords(typeName(type), ofType(sweeps.width, type))),
    },
  ];
}

function fanOutWords(type: string, points: readonly SweepPoint[]): string {
  const growth = growthOf(points, 'handlerMs');
  const steps = stepsOf(points, 'handlerMs');
  const pairs = steppable(points);
  const looked = pairs.map(([from, to]) => `${from} to ${to}`);
  const looksWhereAwsJumps = pairs.some(([from, to]) => from >= 16 && to <= 20);
  const line =
    growth.kind === 'line'
      ? `a straight line through all executions rises by ${formatNumber(growth.slope.estimate)} ms a branch (95 % interval ${formatNumber(growth.slope.low)} to ${formatNumber(growth.slope.high)}) and explains ${Math.round(100 * growth.r2)} % of what varies`
      : `no line was fitted (${lineText(growth)})`;
  const jump =
    steps.length > 0
      ? `It jumps between ${steps.map(({ from, to, timesAtLeast }) => `${from} and ${to} branches, to at least ${timesAtLeast.toFixed(1)} times`).join('; ')}.`
      : looked.length > 0
        ? `No step shows between neighbouring widths (${looked.join(', ')} branches)${looksWhereAwsJumps ? '; on AWS the published series jump to a second there: 83 ms at 18 and 1,008 ms at 20 (unum), 305 ms at 16 and 1,068 ms at 20 (SeBS-Flow)' : ''}.`
        : 'No two widths lie near enough to tell a step from a slope.';
  return `${type}: until the last handler ran, ${line}. ${jump}`;
}

function lengthPayloadAndType({ sweeps }: Summary): readonly AnalysisSection[] {
  const paragraphs = [
    ...typesIn(sweeps.length).flatMap((type) => {
      const growth = growthOf(ofType(sweeps.length, type), 'handlerTotalMs');
      return growth.kind === 'line'
        ? [
            `${typeName(type)}, length: one more task adds, from handler to handler, so many milliseconds (slope with 95 % interval): ${lineText(growth)}.`,
          ]
        : [];
    }),
    ...typesIn(sweeps.payload).flatMap((type) => {
      const points = ofType(sweeps.payload, type);
      const [least, most] = [points[0], points.at(-1)];
      if (least === undefined || most === undefined || least === most) return [];
      return [
        `${typeName(type)}, payload: the gap from handler to handler was ${medianMs(valuesAt(least, 'handlerMs'))} with ${count(least.x)} bytes and ${medianMs(valuesAt(most, 'handlerMs'))} with ${count(most.x)} bytes, which go out of one function, into the history, and into the next.`,
      ];
    }),
    ...standardAndExpress(sweeps.duration),
  ];
  return paragraphs.length === 0 ? [] : [{ title: 'Length, payload, and type of machine', paragraphs }];
}

function standardAndExpress(points: readonly SweepPoint[]): readonly string[] {
  const [standard, express] = (['STANDARD', 'EXPRESS'] as const).map((type) =>
    ofType(points, type).flatMap((point) => valuesAt(point, 'handlerMs')),
  );
  if (standard === undefined || express === undefined) return [];
  if (medianOf(standard) === null || medianOf(express) === null) return [];
  const ratio = medianRatio(standard, express, { seed: 1 });
  const said =
    ratio.kind !== 'ratio'
      ? ratioText(ratio)
      : ratio.low > 1
        ? `Express is faster: ${ratioText(ratio)}`
        : ratio.high < 1
          ? `Standard is faster: ${ratioText(ratio)}`
          : `no difference shows: ${ratioText(ratio)}`;
  return [
    `Standard against Express, all chains of the sweep of task durations: gap from handler to handler ${medianMs(standard)} and ${medianMs(express)}, a ratio of medians, Standard over Express. ${said[0]?.toUpperCase()}${said.slice(1)}.`,
  ];
}

function percentageTrap({ lab }: Summary): AnalysisSection {
  const parallel = lab.parallel.executions.map(({ figures }) => figures);
  const ofRest = parallel.map(({ fanOutDelayMs, durationMs }) =>
    durationMs > fanOutDelayMs ? (100 * fanOutDelayMs) / (durationMs - fanOutDelayMs) : 100,
  );
  return {
    title: 'A trap in the percentages of the lab',
    paragraphs: [
      `PARALLEL's percentage divides the fan-out delay by a duration that contains it, so that it can never exceed 100 % and a delay twice as long does not show as twice the percentage. Against the rest of the state's duration it is ${medianPercent(ofRest)} here instead of ${medianPercent(parallel.map(({ overheadPercent }) => overheadPercent))}; the course's 102 ms of 369 ms are 27.6 % of the whole and 38.2 % of the rest. Nor is the delay lost time altogether: branches that were started early work while the last one waits, so a Parallel without any delay would not be shorter by all of it.`,
      "CHAIN's percentage has a smaller one: its processing time counts what it takes to dispatch a task and to bring its answer back as work. That is why the percentage from handler to handler is the larger one.",
    ],
  };
}

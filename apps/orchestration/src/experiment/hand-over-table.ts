import type { SummaryTable } from '@skyground/experiment';
import { type HandOver, handOvers } from '../figures/hand-over.ts';
import { nothing, percent, withInterval } from './format.ts';
import type { LabSummary } from './lab-summary.ts';
import { meanInterval, meanOf } from './spread.ts';

/** In the order in which they follow each other. */
export const handOverParts: readonly { readonly name: keyof HandOver; readonly what: string }[] = [
  { name: 'answerMs', what: "the answer's way back" },
  { name: 'gapMs', what: 'the event gap' },
  { name: 'schedulingMs', what: 'scheduling the next task' },
  { name: 'dispatchMs', what: 'dispatch into an environment' },
];

const between: Readonly<Record<keyof HandOver, string>> = {
  answerMs: 'end of the handler to TaskSucceeded',
  gapMs: 'TaskSucceeded to the next TaskStateEntered',
  schedulingMs: 'TaskStateEntered to TaskStarted',
  dispatchMs: 'TaskStarted to the begin of the handler',
};

/** Every hand-over of the lab's CHAIN. */
export function labHandOvers({ chain }: LabSummary): readonly HandOver[] {
  return chain.executions.flatMap(({ figures }) => handOvers(figures.tasks));
}

/** By how much the definitions differ, and where that lies. */
export function handOverTable(lab: LabSummary): readonly SummaryTable[] {
  const all = labHandOvers(lab);
  const gaps = lab.chain.executions.flatMap(({ figures }) => figures.handlerGapsMs);
  const whole = meanOf(gaps);
  if (whole === null) return [];
  const shareOf = (ms: number | null) => (ms === null || whole <= 0 ? nothing : percent((100 * ms) / whole));
  const parts = handOverParts.map(({ name, what }) => {
    const values = all.map((one) => one[name]);
    return [what, between[name], withInterval(meanInterval(values)), shareOf(meanOf(values))];
  });
  return [
    {
      id: 'hand-over',
      title: 'Where a hand-over of CHAIN goes',
      note: "Means with 95 % intervals, since only means of parts add up to that of the whole. The way back and the dispatch lie between an event's clock and a handler's: events are cut to whole milliseconds, which moves half a millisecond at most from the way back to the dispatch, and on AWS the clocks of two hosts stand between them; their sum is exact.",
      columns: ['part', 'from and to', 'mean (ms, 95 % interval)', 'share of the whole'],
      rows: [
        ...parts,
        [
          'handler to handler',
          'end of a handler to the begin of the next',
          withInterval(meanInterval(gaps)),
          shareOf(whole),
        ],
      ],
    },
  ];
}

import type { Verdict } from '@skyground/experiment';
import { typeName } from './format.ts';
import { stepsOf } from './steps.ts';
import type { Summary } from './summary.ts';
import { ofType, typesIn } from './sweep-summary.ts';
import { crossingWords, medianPercent, medianWords } from './wording.ts';

/** How much the orchestrator adds, and from where on it does not matter; or that the data do not say. */
export function verdict(summary: Summary): Verdict {
  const { targetLabel, lab } = summary;
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const parallel = lab.parallel.executions.map(({ figures }) => figures);
  if (chain.length === 0 || parallel.length === 0) {
    return {
      headline: `No verdict: ${chain.length} executions of CHAIN and ${parallel.length} of PARALLEL can be compared.`,
      sentences: endSentences(summary),
    };
  }
  const gap = medianWords(chain.flatMap(({ handlerGapsMs }) => handlerGapsMs));
  const events = medianWords(chain.flatMap(({ gapsMs }) => gapsMs));
  return {
    headline: `On ${targetLabel} a hand-over from one function to the next takes ${gap} from handler to handler; by the lab's event gap it is ${events}.`,
    sentences: [
      `CHAIN: orchestration takes ${medianPercent(chain.map(({ overheadPercent }) => overheadPercent))} of the processing time by the lab's event gap, and ${medianPercent(chain.map(({ handlerOverheadPercent }) => handlerOverheadPercent))} from handler to handler (medians of ${chain.length}).`,
      `PARALLEL: the last of five branches is started after ${medianWords(parallel.map(({ fanOutDelayMs }) => fanOutDelayMs))}, and its handler runs after ${medianWords(parallel.map(({ handlerFanOutDelayMs }) => handlerFanOutDelayMs))}.`,
      ...sweepSentences(summary),
      ...endSentences(summary),
    ],
  };
}

function sweepSentences({ crossings, sweeps, isSwept }: Summary): readonly string[] {
  if (!isSwept) return ['The sweeps were not made: leave --no-sweep out.'];
  if (Object.values(sweeps).every((points) => points.length === 0))
    return ['No execution of the sweeps can be compared.'];
  return [
    ...crossings.map(
      ({ workflowType, handler }) =>
        `${typeName(workflowType)}, chain of three, handler to handler: ${handler.map(({ percent, crossing }) => crossingWords(percent, crossing)).join('; ')}.`,
    ),
    ...typesIn(sweeps.width).flatMap((type) =>
      stepsOf(ofType(sweeps.width, type), 'handlerMs').map(
        ({ from, to, timesAtLeast }) =>
          `${typeName(type)}: the fan-out jumps between ${from} and ${to} branches, to at least ${timesAtLeast.toFixed(1)} times.`,
      ),
    ),
  ];
}

function endSentences({
  failed,
  coldAgain,
  coldToTheLast,
  notBilled,
  isEmbedded,
}: Summary): readonly string[] {
  return [
    ...(isEmbedded
      ? [
          'The embedded cloud is one process on this machine: these milliseconds are its own, not those of AWS, where the course saw event gaps of 23 and 27 ms.',
        ]
      : []),
    ...(failed > 0 ? [`${failed} executions did not succeed: run.log has their reasons.`] : []),
    ...(coldAgain > 0
      ? [
          `${coldAgain} executions met a cold start; they are kept, marked and not compared, and each was measured again.`,
        ]
      : []),
    ...(coldToTheLast > 0
      ? [
          `${coldToTheLast} executions of the plan met a cold start each time; they are kept and not compared.`,
        ]
      : []),
    ...(notBilled > 0
      ? [
          `Bill: too low, because of ${notBilled} executions a REPORT line is missing; what Lambda charges for their tasks is not in it.`,
        ]
      : []),
  ];
}

import { formatNumber } from '@skyground/charts';
import type { AnalysisSection } from '@skyground/experiment';
import { medianRatio } from '@skyground/statistics';
import { count } from './format.ts';
import { growthOf } from './steps.ts';
import type { Summary } from './summary.ts';
import { ofType, typesIn, valuesAt } from './sweep-summary.ts';
import { crossingWords, medianMs, medianPercent } from './wording.ts';

/** The critique that the lab asks about, weighed against the figures in both directions. */
export function pheromone(summary: Summary): AnalysisSection {
  return {
    title: "Pheromone's critique, weighed",
    paragraphs: [
      "The paper (“Following the Data, Not the Function: Rethinking Function Orchestration in Serverless Computing”, arXiv 2109.13492) says that platforms which invoke function after function through an orchestrator make interactions slow and data hard to share, and that triggering functions by their data brings latency down by orders of magnitude. The lab's sheet presents a sentence as a quotation from it, on an orchestrator that must mediate serially and becomes a bottleneck; whether it stands there in these words was not checked, so the claim is weighed here, not the wording.",
      `For it. ${inFavour(summary).join(' ')}`,
      `Against it. ${against(summary).join(' ')}`,
      'What these figures cannot say. No data-centric system ran beside, so how much of the overhead could be avoided is not measured. One execution ran at a time, or several whose transitions were kept apart, so nothing is said of a bottleneck under load. ' +
        (summary.isEmbedded
          ? 'And the embedded cloud is one machine without a network and without a replicated history: it bounds what the programming model alone costs, and says nothing of how slow the service of AWS is.'
          : 'And they are of one account, one region and one hour.'),
    ],
  };
}

function inFavour({ lab, sweeps }: Summary): readonly string[] {
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const [type = 'STANDARD'] = typesIn(sweeps.length);
  const growth = growthOf(ofType(sweeps.length, type), 'handlerTotalMs');
  const payload = ofType(sweeps.payload, type);
  const [least, most] = [payload[0], payload.at(-1)];
  const dearer =
    least !== undefined && most !== undefined
      ? medianRatio(valuesAt(most, 'handlerMs'), valuesAt(least, 'handlerMs'), { seed: 1 })
      : undefined;
  return [
    `Functions that do next to nothing spent ${medianPercent(chain.map(({ handlerOverheadPercent }) => handlerOverheadPercent))} of CHAIN's processing time on the way from one to the next.`,
    ...(growth.kind === 'line' && growth.slope.low > 0
      ? [
          `Mediation is serial: every further task adds ${formatNumber(growth.slope.estimate)} ms (95 % interval ${formatNumber(growth.slope.low)} to ${formatNumber(growth.slope.high)}), though it does nothing.`,
        ]
      : []),
    ...(least === undefined || most === undefined || dearer?.kind !== 'ratio' || dearer.low <= 1
      ? []
      : [
          `Data goes through the orchestrator, and pays for it: ${medianMs(valuesAt(least, 'handlerMs'))} with ${count(least.x)} bytes, ${medianMs(valuesAt(most, 'handlerMs'))} with ${count(most.x)}; beyond 256 KB it does not pass at all.`,
        ]),
  ];
}

function against({ lab, crossings }: Summary): readonly string[] {
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const [first] = crossings;
  return [
    `The orchestrator itself decides in ${medianMs(chain.flatMap(({ gapsMs }) => gapsMs))} (event gap) of the ${medianMs(chain.flatMap(({ handlerGapsMs }) => handlerGapsMs))} that lie between handlers: the rest is scheduling and the call of a function with its answer, part of which any platform pays that runs functions in environments of their own.`,
    ...(first === undefined || first.handler.every(({ crossing }) => crossing.kind === 'not reached')
      ? []
      : [
          `It is a matter of grain: with tasks of useful length the share is ${first.handler.map(({ percent, crossing }) => crossingWords(percent, crossing)).join('; ')}.`,
        ]),
    'And the mediation buys something: retries, time limits, and a history from which every figure of this page was read.',
  ];
}

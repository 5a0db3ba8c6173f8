import type { AnalysisSection } from '@skyground/experiment';
import type { Breakdown } from './figures/breakdown.ts';
import type { Summary } from './summary.ts';
import { changeWords, factor, intervalWords, ms, percent, ratioWords, usdWords } from './words.ts';

/** The questions of the course's report, answered from the data. */
export function analysis(summary: Summary): readonly AnalysisSection[] {
  return [
    { title: 'Cold start against warm requests', paragraphs: coldAgainstWarm(summary) },
    { title: 'What a cold start is made of', paragraphs: madeOf(summary) },
    { title: 'Implications and strategies', paragraphs: strategiesOf(summary) },
    { title: 'How far this goes', paragraphs: limits(summary) },
  ];
}

function coldAgainstWarm({ load, starts, parameters }: Summary): readonly string[] {
  if (load.requests === 0) return ['No load ran to its end.'];
  const { cold, warm, ratio } = starts.load;
  const coldWords =
    load.cold === 0
      ? 'None of them started cold.'
      : `${load.cold} of them (${percent(load.cold / load.requests)}) started cold: ${load.coldInRampUp} before all users had begun, ${load.cold - load.coldInRampUp} later, where more requests met than before.`;
  const ratioText =
    cold.n === 0
      ? ''
      : ` Cold requests had a median of ${ms(cold.median.estimate)} ms, warm ones of ${ms(warm.median.estimate)} ms (p95 ${ms(warm.p95Ms)} ms): ${ratioWords(ratio)}.`;
  const tail = `Of the slowest twentieth (${load.slowest} requests) ${load.coldAmongSlowest} were cold starts${load.coldAmongSlowest < load.slowest ? '; the others were slow for other reasons' : ''}. An average over the whole run would hide cold starts: they are few.`;
  const little =
    load.meanInFlight === null || load.expectedPerS === null
      ? []
      : [
          `${load.requestsPerS.toFixed(1)} requests a second were answered; ${parameters.users} users who think ${parameters.thinkMs} ms can ask ${load.expectedPerS.toFixed(1)} times at the mean response time, ramp-up left aside. By Little's law ${factor(load.meanInFlight)} requests were under way on average, which is why ${load.cold <= 1 ? 'hardly any' : `no more than ${load.cold}`} environment${load.cold === 1 ? ' was' : 's were'} started for ${parameters.users} users.`,
        ];
  const { bursts, waves } = starts;
  return [
    `${parameters.users} users sent ${load.requests} requests in ${load.spanS.toFixed(0)} s. ${coldWords}${ratioText}`,
    tail,
    ...little,
    `With ${parameters.burst} requests at once and no environment left, ${waves.first.cold} of ${waves.first.requests} started cold, with a median of ${ms(bursts.cold.median.estimate)} ms. As many at once that found their environments took ${ms(bursts.warm.median.estimate)} ms: ${ratioWords(bursts.ratio)}. So many starts at a time share the processors of where they run, so each takes longer than one alone${starts.oneAtATime === null ? '' : ` (${ms(starts.oneAtATime.cold.median.estimate)} ms, by direct invocation)`}.`,
    ...besideTheWaves(waves),
  ];
}

/** What is on neither side of the comparison of bursts, and which way that moves it. */
function besideTheWaves({ first, lateWarm, again }: Summary['starts']['waves']): readonly string[] {
  const late =
    lateWarm.n === 0
      ? []
      : [
          `Of the first waves ${lateWarm.n} of ${first.requests} were taken up late enough to find an environment that another request had started (median ${ms(lateWarm.median.estimate)} ms): warm by their REPORT lines, but kept waiting by the same rush of starts, and on neither side of this comparison.`,
        ];
  const more =
    again.cold === 0
      ? []
      : [
          `Of the second waves ${again.cold} of ${again.requests} started cold all the same. They are on neither side, but they slowed the others of their wave, so the ratio is rather too small.`,
        ];
  return [...late, ...more];
}

function madeOf({ breakdowns }: Summary): readonly string[] {
  const base = breakdowns.find(({ name }) => name === 'base') ?? breakdowns[0];
  if (base === undefined) return ['No cold request has all the lines of its log that are needed.'];
  const total = base.parts.reduce((sum, { median }) => sum + (median.estimate ?? 0), 0);
  const words = base.parts.map(
    ({ name, median }) => `${name} ${ms(median.estimate)} ms (${percent((median.estimate ?? 0) / total)})`,
  );
  return [
    `One cold start alone (${base.name}, n = ${base.n}), by medians: ${words.join(', ')}. ${largestOf(base)} takes most of it.`,
    `The first call takes ${intervalWords(estimateOf(base, 'first call'))} ms by its REPORT line, a warm one ${intervalWords(base.warmCall)} ms: what is run for the first time is compiled first.`,
  ];
}

function largestOf({ parts }: Breakdown): string {
  const largest = parts.toSorted((a, b) => (b.median.estimate ?? 0) - (a.median.estimate ?? 0))[0];
  const name = largest?.name ?? 'nothing';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function estimateOf({ parts }: Breakdown, wanted: Breakdown['parts'][number]['name']) {
  const part = parts.find(({ name }) => name === wanted);
  return part?.median ?? ({ kind: 'too few', needed: 0, n: 0, estimate: null } as const);
}

function strategiesOf(summary: Summary): readonly string[] {
  const { savings, idleCold, parameters, pricesReadOn, pings } = summary;
  const each = savings.map((one) => {
    const fixed = one.costs.perMonthUsd?.estimate ?? null;
    const costs =
      fixed === null
        ? 'not priced'
        : fixed > 0
          ? `$${usdWords(one.costs.perMonthUsd)} a month for each environment, asked or not`
          : `$${usdWords(one.costs.perMillionUsd)} per million warm requests against $${usdWords(one.againstCosts.perMillionUsd)}`;
    const name = one.name.charAt(0).toUpperCase() + one.name.slice(1);
    return `${name}, against ${one.against}: first call ${changeWords(one.ratio)}; ${costs}. Judged: ${one.verdict}.`;
  });
  const idle =
    idleCold.of === 0
      ? []
      : [
          `After ${parameters.idleS} s without a request ${idleCold.alone} of ${idleCold.of} functions started cold; of those that were pinged every ${parameters.pingS} s ${idleCold.pinged} of ${idleCold.of} did (${pings} pings, none of them while something else was measured). Pings keep as many environments as are asked at a time, one here: a burst still starts the others.`,
        ];
  return [
    'A cold start delays single requests and not all of them: whoever meets one waits several times as long, while medians hardly move. It matters where somebody waits for each answer, where traffic is rare or comes in bursts, and in chains, which meet several. It does not matter to work in the background.',
    `What can be done, measured against what it is judged by (prices modelled${pricesReadOn === null ? '' : `, of ${pricesReadOn}`}):`,
    ...each,
    ...idle,
  ];
}

function limits({ targetLabel, parameters }: Summary): readonly string[] {
  return [
    `Whether a request started cold is read from the REPORT line of its own invocation, found by the request id that the handler's answer carries (x-lambda-request-id): no threshold is guessed, as in the course's notebook. API Gateway's own request id is another one, and names no invocation.`,
    `The course does not publish its locustfile: users here think ${parameters.thinkMs} ms between an answer and the next request (--think-ms).`,
    ...(targetLabel.startsWith('cloud (local')
      ? [
          'This ran on the embedded cloud: a cold start is a real process start with the real bundle, but there is no package to fetch, no virtual machine to place and hardly any network, so on AWS both cold and warm requests take longer.',
        ]
      : []),
  ];
}

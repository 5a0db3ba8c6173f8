import type { SummaryTable } from '@skyground/experiment';
import { partNames } from './figures/breakdown.ts';
import type { Summary } from './summary.ts';
import { changeWords, intervalWords, kilobytes, ms, ratioWords, usdWords } from './words.ts';

export function tables(summary: Summary): readonly SummaryTable[] {
  return [
    startsTable(summary),
    breakdownTable(summary),
    savingsTable(summary),
    costsTable(summary),
    worthTable(summary),
  ];
}

function startsTable({ starts }: Summary): SummaryTable {
  const all = [starts.load, starts.bursts, starts.idle, starts.oneAtATime];
  return {
    id: 'cold-and-warm',
    title: 'Cold and warm requests',
    note: "Response times in ms of what succeeded, as the client saw them; cold or warm by the REPORT line of each request's own invocation. Bursts: cold ones of the first waves against warm ones of the second, their ratio paired by burst; too few: fewer than six, so no interval. “With SDK” has SDK clients in its bundle that the handler does not need. Medians and their ratio with 95 % bootstrap intervals; percentiles R-7.",
    columns: [
      'requests',
      'cold over warm',
      ...['cold', 'cold median', 'cold p95'],
      ...['warm', 'warm median', 'warm p95'],
      'unknown',
    ],
    rows: all.flatMap((one) =>
      one === null
        ? []
        : [
            [
              one.name,
              ratioWords(one.ratio),
              ...[String(one.cold.n), intervalWords(one.cold.median), ms(one.cold.p95Ms)],
              ...[String(one.warm.n), intervalWords(one.warm.median), ms(one.warm.p95Ms)],
              String(one.unknown),
            ],
          ],
    ),
  };
}

function breakdownTable({ breakdowns }: Summary): SummaryTable {
  return {
    id: 'cold-start-parts',
    title: 'What a cold start is made of',
    note: 'Medians in ms with 95 % intervals, each part by itself, so they need not add up to the median of the whole. Init Duration and Duration are of the REPORT line; load code and init are what the handler logged on the first call of its environment (the loading of the runtime, which comes before the bundle, is in load code); the process start is what is left of Init Duration; gateway, dispatch and network are what is left of the response time.',
    columns: ['kind', 'n', ...partNames, 'warm call'],
    rows: breakdowns.map(({ name, n, parts, warmCall }) => [
      name,
      String(n),
      ...parts.map(({ median }) => intervalWords(median)),
      intervalWords(warmCall),
    ]),
  };
}

function savingsTable({ savings, targetLabel }: Summary): SummaryTable {
  const cpu = /AWS CPU share/.test(targetLabel)
    ? 'The embedded cloud gives each memory size its share of the processor here, as AWS does.'
    : targetLabel.startsWith('cloud (local')
      ? 'The embedded cloud gives every memory size the same processor: what more memory saves on AWS is not to be seen here (npm run cloud -- --cpu-share aws shows it).'
      : '';
  return {
    id: 'strategies',
    title: 'What each strategy saves of a first call',
    note: `Response times in ms by direct invocation, medians with 95 % intervals; the change is the median over rounds of one's time over the other's, negative is faster. ${cpu}`.trim(),
    columns: ['strategy', 'against', 'first call', 'cold', 'change', 'saved (ms)', 'warm call'],
    rows: savings.map((one) => [
      one.name,
      one.against,
      intervalWords(one.first.median),
      `${one.cold} of ${one.first.n}`,
      changeWords(one.ratio),
      intervalWords(one.savedMs),
      intervalWords(one.warm.median),
    ]),
  };
}

function costsTable({ savings, priceRegion, pricesReadOn, parameters }: Summary): SummaryTable {
  const source =
    pricesReadOn === null
      ? `No price of ${priceRegion} has a source.`
      : `Modelled from list prices of ${priceRegion} of ${pricesReadOn}, without free tier and API Gateway, from the billed time measured here; intervals are those of its mean. What is billed of an environment’s first call has its init in it, that of a provisioned one, too.`;
  const avoided =
    parameters.idleS === 0
      ? ''
      : ` A cold start avoided: the month's price over the most that can be avoided, one every ${parameters.idleS} s.`;
  return {
    id: 'strategy-costs',
    title: 'What each strategy costs (modelled)',
    note: `${source}${avoided}`,
    columns: [
      'strategy',
      'bundle (against)',
      'USD per million warm requests',
      'against',
      'USD per million first calls',
      'against',
      'USD a month, fixed, for one environment',
      'USD per cold start avoided, at least',
    ],
    rows: savings.map((one) => [
      one.name,
      `${kilobytes(one.bundleBytes)} (${kilobytes(one.againstBundleBytes)})`,
      usdWords(one.costs.perMillionUsd),
      usdWords(one.againstCosts.perMillionUsd),
      usdWords(one.firstCallsUsd),
      usdWords(one.againstFirstCallsUsd),
      usdWords(one.costs.perMonthUsd),
      one.perAvoidedStartUsd === null ? '–' : one.perAvoidedStartUsd.toFixed(6),
    ]),
  };
}

function worthTable({ savings }: Summary): SummaryTable {
  return {
    id: 'worth-it',
    title: 'Which is worth it',
    note: 'By the interval of the change and the modelled costs: a saving counts as shown where all of its interval is one.',
    columns: ['strategy', 'against', 'worth it'],
    rows: savings.map(({ name, against, verdict }) => [name, against, verdict]),
  };
}

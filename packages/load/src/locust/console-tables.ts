import { percentileShares, percentiles } from './columns.ts';
import type { LocustFailure } from './failures.ts';
import type { StatsLine } from './stats.ts';

/** The widths of Locust's columns, in characters; a longer name pushes the rest to the right, as there. */
const typeWidth = 8;
const nameWidth = 80;
const shortNameWidth = nameWidth - typeWidth + 4;

/** The tables that Locust prints at the end of a run: requests, percentiles and, where one failed, errors. `lines` end with `Aggregated`. */
export function consoleTables(lines: readonly StatsLine[], failures: readonly LocustFailure[]): string[] {
  const endpoints = lines.slice(0, -1);
  const total = lines.slice(-1);
  return [
    ...table(requestsHeader, requestsRule, endpoints.map(requestsLine), total.map(requestsLine)),
    '',
    'Response time percentiles (approximated)',
    ...table(percentilesHeader, percentilesRule, endpoints.map(percentilesLine), total.map(percentilesLine)),
    '',
    ...(failures.length === 0 ? [] : errorReport(failures)),
  ];
}

function table(
  header: string,
  rule: string,
  endpoints: readonly string[],
  total: readonly string[],
): string[] {
  return [header, rule, ...endpoints, rule, ...total];
}

function ruleOf(widths: readonly number[]): string {
  return widths.map((width) => '-'.repeat(width)).join('|');
}

const requestsRule = ruleOf([typeWidth, shortNameWidth, 7, 13, 7, 7, 7, 7, 8, 11]);
const requestsHeader = requestsCells([
  ...['Type', 'Name', '# reqs', '# fails', 'Avg', 'Min', 'Max', 'Med'],
  ...['req/s', 'failures/s'],
]);

function requestsCells(cells: readonly string[]): string {
  const [type = '', name = '', requests = '', fails = '', ...rest] = cells;
  const [average = '', min = '', max = '', median = '', rate = '', failureRate = ''] = rest;
  const times = `${average.padStart(7)} ${min.padStart(7)} ${max.padStart(7)}${median.padStart(7)}`;
  const counts = `${requests.padStart(7)} ${fails.padStart(12)}`;
  const rates = `${rate.padStart(7)} ${failureRate.padStart(11)}`;
  return `${type.padEnd(typeWidth)} ${name.padEnd(shortNameWidth)} ${counts} |${times} | ${rates}`;
}

function requestsLine({ method, name, tally }: StatsLine): string {
  const failedPercent = (100 * tally.failures) / tally.requests;
  return requestsCells([
    method,
    name,
    String(tally.requests),
    `${tally.failures}(${failedPercent.toFixed(2)}%)`,
    // Locust leaves out the fractions of these; its CSV has them.
    String(Math.trunc(tally.averageMs)),
    String(Math.trunc(tally.minMs)),
    String(Math.trunc(tally.maxMs)),
    String(tally.medianMs),
    tally.requestsPerSecond.toFixed(2),
    tally.failuresPerSecond.toFixed(2),
  ]);
}

const percentilesRule = ruleOf([typeWidth, nameWidth, 8, ...percentiles.map(() => 6)]);
const percentilesHeader = percentilesCells(
  'Type',
  'Name',
  percentiles.map(([column]) => column),
  '# reqs',
);

function percentilesCells(
  type: string,
  name: string,
  [first = '', ...rest]: readonly string[],
  requests: string,
): string {
  const cells = [first.padStart(8), ...[...rest, requests].map((cell) => cell.padStart(6))];
  return `${type.padEnd(typeWidth)} ${name.padEnd(nameWidth)} ${cells.join(' ')}`;
}

function percentilesLine({ method, name, tally }: StatsLine): string {
  return percentilesCells(
    method,
    name,
    tally.percentilesMs(percentileShares).map(String),
    String(tally.requests),
  );
}

function errorReport(failures: readonly LocustFailure[]): string[] {
  const rule = ruleOf([18, 80 + nameWidth - 19]);
  const lines = failures.map(({ method, name, error, occurrences }) =>
    errorLine(String(occurrences), `${method} ${name}: ${error}`),
  );
  return ['Error report', errorLine('# occurrences', 'Error'), rule, ...lines, rule, ''];
}

function errorLine(occurrences: string, error: string): string {
  return `${occurrences.padEnd(18)} ${error.padEnd(100)}`;
}

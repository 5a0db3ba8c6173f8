import { escapeMarkup } from '../escape.ts';
import { isSent, type LoadSample } from '../sample.ts';
import { failuresOf } from './failures.ts';
import { reportStyle } from './report-style.ts';
import { runTimes } from './run-times.ts';
import { type StatsLine, statsLines } from './stats.ts';
import type { TimesFrom } from './tally.ts';

export interface LocustReportOptions {
  /** Where the requests went, such as http://127.0.0.1:4566. */
  readonly host: string;
  readonly timesFrom: TimesFrom;
  /** Whole SVG documents. They are shown as pictures, so that nothing in them runs or loads anything. */
  readonly charts: {
    readonly requestsPerSecond: string;
    readonly responseTimes: string;
    readonly users: string;
  };
}

/** The percentiles of Locust's report; its CSV has others. */
const reported = [50, 60, 70, 80, 90, 95, 99, 100];

/**
 * One page with the sections of Locust's own report (`locust --html`) and its figures, from our samples, without script
 * and without network. Times are UTC.
 *
 * @throws LoadError where nothing was sent
 */
export function locustReportHtml(
  samples: readonly LoadSample[],
  { host, timesFrom, charts }: LocustReportOptions,
): string {
  const sent = samples.filter(isSent);
  const { startMs, endMs } = runTimes(sent);
  const lines = statsLines(sent, timesFrom);
  const dropped = samples.length - sent.length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Load test report</title>
<style>${reportStyle}</style>
</head>
<body>
<h1>Load test report</h1>
<p class="note">Written by Skyground from the samples of its own load, with the sections of Locust’s report. Response times are true to the millisecond; Locust rounds its percentiles to about two digits.</p>
<p><b>During:</b> ${utcTime(startMs)} – ${utcTime(endMs)}</p>
<p><b>Target Host:</b> ${text(host)}</p>
${dropped === 0 ? '' : `<p><b>Not sent:</b> ${dropped}, each due while as many requests were under way as allowed. They are in no figure below.</p>`}
<h2>Request Statistics</h2>
${requestStatistics(lines)}
<h2>Response Time Statistics</h2>
${responseTimeStatistics(lines)}
<h2>Failures Statistics</h2>
${failureStatistics(sent)}
<h2>Exceptions Statistics</h2>
<p>None: an exception in Skyground’s sender ends the load instead of being counted.</p>
<h2>Charts</h2>
${chart('Total Requests per Second', charts.requestsPerSecond)}
${chart('Response Times (ms)', charts.responseTimes)}
${chart('Number of Users', charts.users)}
</body>
</html>
`;
}

function requestStatistics(lines: readonly StatsLine[]): string {
  const header = ['# Requests', '# Fails', 'Average (ms)', 'Min (ms)', 'Max (ms)', 'Average size (bytes)'];
  return statsTable([...header, 'RPS', 'Failures/s'], lines, ({ tally }) => [
    String(tally.requests),
    String(tally.failures),
    ...[tally.averageMs, tally.minMs, tally.maxMs, tally.averageBytes].map((value) =>
      String(Math.trunc(value)),
    ),
    tally.requestsPerSecond.toFixed(1),
    tally.failuresPerSecond.toFixed(1),
  ]);
}

function responseTimeStatistics(lines: readonly StatsLine[]): string {
  const header = reported.map((percent) => `${percent}%ile (ms)`);
  return statsTable(header, lines, ({ tally }) =>
    tally.percentilesMs(reported.map((percent) => percent / 100)).map(String),
  );
}

function statsTable(
  header: readonly string[],
  lines: readonly StatsLine[],
  figures: (line: StatsLine) => readonly string[],
): string {
  const rows = lines.map((line, index) => {
    const cells = [line.method, line.name].map((cell) => `<td class="text">${text(cell)}</td>`);
    const numbers = figures(line).map((figure) => `<td>${figure}</td>`);
    const isTotal = index === lines.length - 1;
    return `<tr${isTotal ? ' class="total"' : ''}>${[...cells, ...numbers].join('')}</tr>`;
  });
  return table(['Method', 'Name'], header, rows);
}

function failureStatistics(sent: Parameters<typeof failuresOf>[0]): string {
  const failures = failuresOf(sent);
  if (failures.length === 0) return '<p>None.</p>';
  const rows = failures.map(
    ({ method, name, error, occurrences }) =>
      `<tr><td class="text">${text(method)}</td><td class="text">${text(name)}</td><td class="text long">${text(error)}</td><td>${occurrences}</td></tr>`,
  );
  return table(['Method', 'Name', 'Error'], ['Occurrences'], rows);
}

function table(texts: readonly string[], numbers: readonly string[], rows: readonly string[]): string {
  const head = [
    ...texts.map((cell) => `<th class="text" scope="col">${cell}</th>`),
    ...numbers.map((cell) => `<th scope="col">${cell}</th>`),
  ];
  return `<div class="scroll" tabindex="0"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function chart(title: string, svg: string): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return `<h3>${title}</h3>
<div class="scroll chart" tabindex="0"><img src="${source}" alt="${title} over time; its figures are in the history CSV beside this page"></div>`;
}

/** What a program or a server said, as text that shows control characters and cannot be markup. */
function text(value: string): string {
  return escapeMarkup(value.replace(/\p{Cc}/gu, '\uFFFD'));
}

function utcTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString().slice(0, 19);
  return `<time datetime="${iso}Z">${iso.replace('T', ' ')} UTC</time>`;
}

import type { RunFile } from '@skyground/experiment';
import { locustLog, locustReportHtml, samplesToLocust } from '@skyground/load';
import { toCsv } from '@skyground/metrics';
import { exchangeIn } from './figures/exchange.ts';
import { sentInLoad } from './figures/load-course.ts';
import type { Sample } from './sample.ts';
import type { Summary } from './summary.ts';

/** Locust's own times count from the sending, and so do these. */
const timesFrom = 'sent';

/** Under the names that the course asks for. Each is left out where its phase gave nothing. */
export function files(
  summary: Summary,
  samples: readonly Sample[],
  pictures: ReadonlyMap<string, string>,
): readonly RunFile[] {
  return [...logFile(samples), ...locustFiles(summary, samples, pictures)];
}

function logFile(samples: readonly Sample[]): readonly RunFile[] {
  const log = exchangeIn(samples)?.log ?? [];
  if (log.length === 0) return [];
  return [
    {
      path: 'part1_cloudwatch_log.csv',
      title: "the API test's invocation, as CloudWatch's console exports it",
      content: toCsv([
        ['timestamp', 'message'],
        ...log.map(({ timestamp, message }) => [String(timestamp), `${message}\n`]),
      ]),
    },
  ];
}

function locustFiles(
  { parameters }: Summary,
  samples: readonly Sample[],
  pictures: ReadonlyMap<string, string>,
): readonly RunFile[] {
  const sent = sentInLoad(samples);
  if (sent.length === 0) return [];
  const { users, spawnRate, thinkMs, runTimeS } = parameters;
  const model = {
    kind: 'closed',
    users,
    spawnRatePerSecond: spawnRate,
    thinkTime: { kind: 'constant', thinkMs },
    runTimeMs: runTimeS * 1000,
    seed: 0,
  } as const;
  const csv = samplesToLocust(sent, { full: true, timesFrom });
  const picture = (id: string) => pictures.get(id) ?? '';
  const exchange = exchangeIn(samples);
  const folder = 'locust_logs';
  return [
    {
      path: `${folder}/test_locust_logs.txt`,
      title: "the load's log, as locust --logfile writes it",
      content: locustLog(sent, { model, hostName: 'skyground', timesFrom }),
    },
    {
      path: `${folder}/test_locust_report.html`,
      title: "the load's report, as locust --html writes it",
      content: locustReportHtml(sent, {
        host: exchange === undefined ? '' : new URL(exchange.request.url).origin,
        timesFrom,
        charts: {
          requestsPerSecond: picture('requests-per-second'),
          responseTimes: picture('linegraph'),
          users: picture('users'),
        },
      }),
    },
    { path: `${folder}/test_stats.csv`, title: 'totals of the load (Locust)', content: csv.stats },
    {
      path: `${folder}/test_stats_history.csv`,
      title: 'the load second by second (Locust)',
      content: csv.statsHistory,
    },
    {
      path: `${folder}/test_failures.csv`,
      title: 'failed requests of the load (Locust)',
      content: csv.failures,
    },
    {
      path: `${folder}/test_exceptions.csv`,
      title: 'exceptions of the load (Locust)',
      content: csv.exceptions,
    },
  ];
}

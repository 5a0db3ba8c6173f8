import type { Usage } from '@skyground/cost';
import { assumedDurationMs, assumedInitMs } from '../assumptions.ts';
import { warmUpWidth } from '../warm-up-cloud.ts';
import { concurrencyOf, type Parameters } from './parameters.ts';
import { roundsOf } from './rounds.ts';
import type { Sample } from './sample.ts';

/** Of one invocation's lines where nothing has been logged yet. */
const assumedLogBytes = 600;
/** Of one row as the function leaves it in the bucket and the client fetches it. */
const assumedPartBytes = 900;
const assumedListsPerRound = 10;

/**
 * What rows used of the cloud. Measured: requests, billed time and memory from the REPORT lines, LIST requests, log bytes.
 * From what the function does with an image: one GET of the input, one PUT of the output and one of its row; the client puts
 * the input and gets the row. Bytes out: the rows, as long as they are here.
 */
export function usageOf(samples: readonly Sample[]): Usage {
  const rows = samples.filter(({ source, requestId }) => source === 'cloud' && requestId !== null);
  const uploaded = samples.filter(({ source }) => source === 'cloud').length;
  const outputs = rows.filter(({ status }) => status === 'ok').length;
  const bySize = Map.groupBy(
    rows,
    ({ memorySizeMb, declaredMemoryMb, architecture }) =>
      `${architecture} ${memorySizeMb ?? declaredMemoryMb}`,
  );
  return {
    lambda: [...bySize.values()].flatMap((group) => {
      const [{ architecture, memorySizeMb, declaredMemoryMb } = {}] = group;
      const memoryMb = memorySizeMb ?? declaredMemoryMb;
      if (architecture === undefined || memoryMb === null || memoryMb === undefined) return [];
      return [
        {
          architecture,
          memoryMb,
          requests: sum(group, ({ attempt }) => attempt),
          billedMs: sum(group, ({ billedMs }) => billedMs ?? 0),
        },
      ];
    }),
    s3: {
      putRequests: uploaded + rows.length + outputs + sum(samples, ({ listRequests }) => listRequests),
      getRequests: 2 * rows.length,
    },
    logs: { ingestedBytes: sum(rows, ({ logBytes }) => logBytes ?? 0) },
    transfer: { outBytes: sum(rows, (row) => Buffer.byteLength(JSON.stringify(row))) },
  };
}

/** What the plan will use, before anything is measured: from assumed times and sizes. */
export function estimatedUsage(
  parameters: Parameters,
  images: readonly string[],
  architecture: 'x86_64' | 'arm64',
): Usage {
  const rounds = roundsOf(parameters, images).filter(({ side }) => side === 'cloud');
  const measured = sum(rounds, ({ tasks }) => tasks.length);
  const warmUps = sum(rounds, ({ tasks, width }) => warmUpWidth(width, tasks.length));
  const requests = measured + warmUps;
  const coldStarts = Math.max(concurrencyOf(parameters), ...rounds.map(({ width }) => width));
  return {
    lambda: [
      {
        architecture,
        memoryMb: parameters.memoryMb,
        requests,
        billedMs: requests * assumedDurationMs + coldStarts * assumedInitMs,
      },
    ],
    s3: {
      putRequests: 3 * requests + rounds.length * assumedListsPerRound,
      getRequests: 2 * requests,
    },
    logs: { ingestedBytes: requests * assumedLogBytes },
    transfer: { outBytes: requests * assumedPartBytes },
  };
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}

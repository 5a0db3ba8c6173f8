import type { LambdaUsage, Usage } from '@skyground/cost';
import { functionNames, functionRunsOf } from './function-runs.ts';
import type { Sample } from './sample.ts';

/**
 * What runs used, warm-up included. Measured: requests and billed time of the REPORT lines, states entered, bytes logged, requests to S3.
 * Items read and written in DynamoDB are counted as one unit each: one above 4 KB read or 1 KB written costs more.
 */
export function usageOf(samples: readonly Sample[]): Usage {
  return {
    lambda: lambdaOf(samples),
    stepFunctions: { transitions: sum(samples, ({ transitions }) => transitions) },
    s3: {
      putRequests: sum(samples, ({ s3Puts }) => s3Puts),
      getRequests: sum(samples, ({ s3Gets }) => s3Gets),
    },
    dynamoDb: {
      readUnits: sum(samples, ({ storeReads }) => storeReads),
      writeUnits: sum(samples, ({ storeWrites }) => storeWrites),
    },
    logs: { ingestedBytes: sum(samples, ({ logBytes }) => logBytes) },
  };
}

function lambdaOf(samples: readonly Sample[]): readonly LambdaUsage[] {
  const [first] = samples;
  if (first === undefined) return [];
  const runs = samples.flatMap((sample) => functionRunsOf(sample));
  return functionNames.flatMap((name) => {
    const own = runs.filter((run) => run.name === name);
    const memoryMb = own[0]?.memoryMb;
    if (memoryMb === undefined) return [];
    return [
      {
        architecture: first.architecture,
        memoryMb,
        requests: own.length,
        billedMs: sum(own, ({ billedMs }) => billedMs ?? 0),
      },
    ];
  });
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}

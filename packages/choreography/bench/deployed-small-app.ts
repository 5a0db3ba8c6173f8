import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudClients, deploy, functionLog } from '@skyground/cloud';

import { type DeployedWorkflow, type RunRecord, readRunRecord } from '../src/index.ts';
import { smallApp } from '../test/small-app/declaration.ts';
import definition from '../test/small-app/workflow.asl.json' with { type: 'json' };
import { startTestCloud } from '../test/support/test-cloud.ts';

/** The small app on an embedded cloud of its own. */
export interface DeployedSmallApp {
  readonly clients: CloudClients;
  readonly deployed: DeployedWorkflow;
  /** Where its functions leave marks. */
  readonly folder: string;
  readonly functionNames: readonly string[];
  readonly records: () => Promise<readonly RunRecord[]>;
  readonly stop: () => Promise<void>;
}

export async function deploySmallApp(signal: AbortSignal): Promise<DeployedSmallApp> {
  const folder = await mkdtemp(join(tmpdir(), 'choreography-'));
  const { clients, stop } = await startTestCloud();
  const { names } = await deploy(smallApp(clients.target, folder), clients, { signal });
  const functions = Object.entries(names.functions);
  return {
    clients,
    folder,
    functionNames: functions.map(([, { name }]) => name),
    deployed: {
      definition,
      clients,
      tableName: names.tables.main.name,
      bucketName: names.buckets.main,
      functionArns: Object.fromEntries(functions.map(([key, { arn }]) => [key, arn])),
    },
    records: async () => {
      const logs = functions.map(([, { logGroup }]) =>
        functionLog(clients, logGroup, { sinceMs: 0, signal }),
      );
      return (await Promise.all(logs)).flat().flatMap(({ message }) => readRunRecord(message) ?? []);
    },
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

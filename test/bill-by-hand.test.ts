import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { deploy, destroy } from '@skyground/cloud';
import { bill, type Usage, usageOfReports, usEast1Prices } from '@skyground/cost';
import { parseReportLine } from '@skyground/metrics';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { billedApp } from './support/billed-app.ts';
import { type ServedCloud, startTestCloud } from './support/test-cloud.ts';

const signal = new AbortController().signal;
const uploads = 3;
const asks = 2;

let cloud: ServedCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});

afterAll(async () => {
  await cloud.stop();
});

/** A function's REPORT lines as they stand in its log, once there are as many as it was invoked. */
async function reportLines(logGroupName: string, invocations: number): Promise<readonly string[]> {
  return vi.waitFor(
    async () => {
      const { events } = await cloud.clients.logs.send(new FilterLogEventsCommand({ logGroupName }));
      const lines = (events ?? []).flatMap(({ message }) => (message?.startsWith('REPORT') ? [message] : []));
      expect(lines).toHaveLength(invocations);
      return lines;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** What a line says after a name, read without packages/metrics. */
function said(line: string, name: string): number {
  return Number(new RegExp(`\t${name}: ([0-9.]+) `).exec(line)?.[1]);
}

it('is what its REPORT lines, transitions and requests come to with pencil and paper', async () => {
  const { clients } = cloud;
  const app = billedApp(clients);
  const { names, routes } = await deploy(app, clients, { signal });

  // What is done: three uploads, two HTTP requests, a Standard execution of four states, an Express one of one.
  for (let index = 0; index < uploads; index += 1) {
    const object = { Bucket: names.buckets.images, Key: `in/${index}`, Body: 'x' };
    await clients.s3.send(new PutObjectCommand(object));
  }
  for (let index = 0; index < asks; index += 1) {
    expect((await fetch(routes[0]?.url ?? '', { method: 'POST', body: 'hello' })).status).toBe(200);
  }
  const started = await clients.sfn.send(
    new StartExecutionCommand({ stateMachineArn: names.stateMachines.standard.arn }),
  );
  const { executionArn } = started;
  await vi.waitFor(
    async () => {
      const { status } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
      expect(status).toBe('SUCCEEDED');
    },
    { timeout: 60_000, interval: 50 },
  );
  const { billingDetails } = await clients.sfn.send(
    new StartSyncExecutionCommand({ stateMachineArn: names.stateMachines.express.arn }),
  );

  // What the cloud says of it.
  const { events = [] } = await clients.sfn.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  const ofType = (pattern: RegExp) => events.filter(({ type }) => pattern.test(type ?? '')).length;
  const entered = ofType(/StateEntered$/);
  const retries = ofType(/^LambdaFunctionScheduled$/) - ofType(/^TaskStateEntered$/);
  expect({ entered, retries }).toEqual({ entered: 4, retries: 1 });
  const lines = {
    uploaded: await reportLines(names.functions.uploaded.logGroup, uploads),
    asked: await reportLines(names.functions.asked.logGroup, asks),
    step: await reportLines(names.functions.step.logGroup, 1),
    failsOnce: await reportLines(names.functions.failsOnce.logGroup, 2),
  };
  const expressMs = billingDetails?.billedDurationInMilliseconds ?? Number.NaN;
  const expressMb = billingDetails?.billedMemoryUsedInMB ?? Number.NaN;
  await destroy(app, clients, { signal });

  // By packages/cost.
  const architecture = app.architecture === 'x64' ? 'x86_64' : 'arm64';
  const usage: Usage = {
    lambda: Object.values(lines).flatMap((ofFunction) => {
      const reports = ofFunction.flatMap((line) => {
        const report = parseReportLine(line);
        return report?.kind === 'report' ? [report] : [];
      });
      const { lambda, initsNotBilled } = usageOfReports(reports, { architecture });
      expect(initsNotBilled).toBe(0);
      return lambda;
    }),
    stepFunctions: {
      transitions: entered + retries,
      express: [{ executions: 1, durationMs: expressMs, memoryMb: expressMb }],
    },
    s3: { putRequests: uploads },
    apiGateway: { httpRequests: asks },
  };
  const billed = bill(usage, usEast1Prices, { volume: { kind: 'run' }, freeTier: false });
  if (billed.kind !== 'bill') throw new Error('expected every item to have a price');

  // By hand, with the prices of us-east-1 as published and the numbers as the lines have them.
  const gbSeconds = Object.values(lines)
    .flat()
    .map((line) => (said(line, 'Billed Duration') / 1000) * (said(line, 'Memory Size') / 1024));
  expect(gbSeconds).toHaveLength(3 + 2 + 1 + 2);
  const perGbSecond = architecture === 'x86_64' ? 0.0000166667 : 0.0000133334;
  const lambdaUsd =
    gbSeconds.reduce((sum, value) => sum + value, 0) * perGbSecond + // duration, INIT included
    (3 + 2 + 1 + 2) * (0.2 / 1_000_000); // requests
  const stepFunctionsUsd =
    (4 + 1) * (0.025 / 1000) + // Prepare, Try, Try again, Look, Done
    1 * (1 / 1_000_000) + // one Express request
    (Math.ceil(expressMs / 100) / 10 / 3600) * ((Math.ceil(expressMb / 64) * 64) / 1024) * 0.06; // GB-hours
  const s3Usd = 3 * (0.005 / 1000); // PUT
  const apiGatewayUsd = 2 * (1 / 1_000_000);
  const centOfAMicroDollar = 1e-8;
  const byHand = {
    Lambda: lambdaUsd,
    'Step Functions': stepFunctionsUsd,
    S3: s3Usd,
    'API Gateway': apiGatewayUsd,
  };
  const differences = billed.services.map(({ service, amountUsd }) => [
    service,
    Math.abs(amountUsd - (Object.entries(byHand).find(([name]) => name === service)?.[1] ?? Number.NaN)) <
      centOfAMicroDollar / 2,
  ]);
  expect(differences).toEqual(Object.keys(byHand).map((service) => [service, true]));
  const totalByHandUsd = lambdaUsd + stepFunctionsUsd + s3Usd + apiGatewayUsd;
  expect(Math.abs(billed.totalUsd - totalByHandUsd)).toBeLessThan(centOfAMicroDollar / 2);
  // A line's Billed Duration holds its INIT, which is why there are no others: a cold start costs more than its Duration.
  const cold = Object.values(lines)
    .flat()
    .filter((line) => line.includes('Init Duration'));
  expect(cold.length).toBeGreaterThanOrEqual(4);
  for (const line of cold) {
    expect(said(line, 'Billed Duration')).toBe(
      Math.ceil(said(line, 'Duration') + said(line, 'Init Duration')),
    );
  }
});

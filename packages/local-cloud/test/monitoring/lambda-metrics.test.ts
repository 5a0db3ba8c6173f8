import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { startLocalCloud } from '../../src/index.ts';
import { functionZip } from '../support/function-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { MINUTE_MS, query } from './monitoring-fixture.ts';

it('counts what functions of the whole cloud did, and still knows after a restart', async () => {
  const stateDir = temporaryFolder();
  const startedMs = Date.now();
  const cloud = await startLocalCloud({ stateDir });
  onTestFinished(() => cloud.stop());
  const lambda = new LambdaClient(cloud);
  for (const FunctionName of ['first', 'second']) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/any',
        Code: {
          ZipFile: await functionZip(
            'export const handler = async ({ fail }) => { if (fail) throw new Error(); };',
          ),
        },
      }),
    );
    await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  }
  await lambda.send(new InvokeCommand({ FunctionName: 'first', Payload: '{"fail":true}' }));
  lambda.destroy();
  await cloud.stop();

  const again = await startLocalCloud({ stateDir });
  onTestFinished(() => again.stop());
  const cloudWatch = new CloudWatchClient(again);
  // One period of an hour holds it all, also where a minute ended meanwhile.
  const hour = { Period: 3600 };
  const { MetricDataResults = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(startedMs),
      EndTime: new Date(Date.now() + MINUTE_MS),
      MetricDataQueries: [
        query('Invocations', 'first', 'Sum', { ...hour, Id: 'invocations' }),
        query('Errors', 'first', 'Sum', { ...hour, Id: 'errors' }),
        query('Errors', 'first', 'Average', { ...hour, Id: 'rate' }),
        query('Duration', 'first', 'SampleCount', { ...hour, Id: 'durations' }),
        query('ConcurrentExecutions', 'first', 'Maximum', { ...hour, Id: 'concurrency' }),
        query('Invocations', undefined, 'Sum', { ...hour, Id: 'all' }),
      ],
    }),
  );
  expect(Object.fromEntries(MetricDataResults.map(({ Id = '', Values }) => [Id, Values]))).toEqual({
    invocations: [2],
    errors: [1],
    rate: [0.5],
    durations: [2],
    concurrency: [1],
    all: [3],
  });
  cloudWatch.destroy();
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createDynamoDb } from '../../src/services/dynamodb/create-dynamodb.ts';
import { createMonitoring } from '../../src/services/monitoring/create-monitoring.ts';
import { serveServices } from '../support/serve-services.ts';
import { clientRunner, type InstalledClient, installed } from './installed.ts';

/** As independent-clients.test.ts. Of CloudWatch, the older botocore speaks the query protocol, the newer one CBOR. */
const TEST_TIMEOUT_MS = 120_000;
const [awsClis, pythons] = await Promise.all([
  installed('aws', ['--version'], /aws-cli\/\S+/),
  installed('python3', ['-c', "import boto3; print('boto3 ' + boto3.__version__)"], /boto3 \S+/),
]);

let cloud: Awaited<ReturnType<typeof serve>>;
let run: ReturnType<typeof clientRunner>;

async function serve() {
  return serveServices(
    systemClock,
    (environment) => [createDynamoDb(environment), createMonitoring(environment)] as const,
  );
}

beforeAll(async () => {
  cloud = await serve();
  const [, monitoring] = cloud.services;
  for (const value of [1, 1, 1]) {
    monitoring.writer.record({
      namespace: 'AWS/Lambda',
      name: 'Invocations',
      dimensions: { FunctionName: 'greeter' },
      timestampMs: Date.now(),
      value,
      unit: 'Count',
    });
  }
  const { region, credentials } = cloud.client;
  run = clientRunner({ region, credentials }, cloud.environment.stateDir);
});
afterAll(() => cloud?.stop());

function describeClients(
  name: string,
  clients: readonly InstalledClient[],
  define: (client: InstalledClient) => void,
) {
  if (clients.length === 0) it(name, ({ skip }) => skip(`skipped: no working ${name} on this machine`));
  for (const client of clients) describe(client.version, () => define(client));
}

function tableFor({ version }: InstalledClient): string {
  return version.replaceAll(/[^\w.-]+/g, '-');
}

describeClients('AWS CLI', awsClis, (client) => {
  const aws = async (...args: string[]) => {
    const output = await run(client, ['--endpoint-url', cloud.client.endpoint, '--output', 'json', ...args], {
      AWS_PAGER: '',
    });
    return output === '' ? undefined : JSON.parse(output);
  };

  it('dynamodb put-item and query, with conditions', { timeout: TEST_TIMEOUT_MS }, async () => {
    const table = ['--table-name', tableFor(client)];
    await aws(
      'dynamodb',
      'create-table',
      ...table,
      '--billing-mode',
      'PAY_PER_REQUEST',
      '--attribute-definitions',
      'AttributeName=run,AttributeType=S',
      'AttributeName=step,AttributeType=N',
      '--key-schema',
      'AttributeName=run,KeyType=HASH',
      'AttributeName=step,KeyType=RANGE',
    );
    const put = (step: number) =>
      aws(
        'dynamodb',
        'put-item',
        ...table,
        '--item',
        `{"run":{"S":"r"},"step":{"N":"${step}"}}`,
        '--condition-expression',
        'attribute_not_exists(run)',
      );
    for (const step of [1, 2]) await put(step);
    await expect(put(2)).rejects.toThrow('ConditionalCheckFailedException');
    const found = await aws(
      'dynamodb',
      'query',
      ...table,
      '--key-condition-expression',
      'run = :r AND step > :s',
      '--expression-attribute-values',
      '{":r":{"S":"r"},":s":{"N":"1"}}',
    );
    expect(found).toMatchObject({ Count: 1, Items: [{ run: { S: 'r' }, step: { N: '2' } }] });
  });

  it('cloudwatch get-metric-data', { timeout: TEST_TIMEOUT_MS }, async () => {
    const metric = {
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'greeter' }],
    };
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const { MetricDataResults } = await aws(
      'cloudwatch',
      'get-metric-data',
      '--start-time',
      at(-30),
      '--end-time',
      at(2),
      '--metric-data-queries',
      JSON.stringify([{ Id: 'calls', MetricStat: { Metric: metric, Period: 3600, Stat: 'Sum' } }]),
    );
    expect(MetricDataResults).toEqual([
      {
        Id: 'calls',
        Label: 'Invocations',
        Timestamps: [expect.anything()],
        Values: [3],
        StatusCode: 'Complete',
      },
    ]);
  });
});

describeClients('boto3', pythons, (client) => {
  it('holds a conversation about tables and metrics', { timeout: TEST_TIMEOUT_MS }, async () => {
    const script = join(import.meta.dirname, 'boto3_tables_and_metrics.py');
    const output = await run(client, [script, cloud.client.endpoint, tableFor(client), 'greeter']);
    expect(JSON.parse(output)).toEqual({
      steps: [27, 28, 29, 30],
      bytes: [27],
      took: '6.75',
      conflict: 'ConditionalCheckFailedException',
      hits: 1,
      calls: [3],
      age_is_known: true,
      maths: 'NotImplemented',
      no_time: 'InvalidParameterCombination',
    });
  });
});

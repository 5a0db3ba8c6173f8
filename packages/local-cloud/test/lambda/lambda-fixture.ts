import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { onTestFinished, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { AwsError } from '../../src/errors.ts';
import type { MetricPoint, ObjectStore } from '../../src/server/ports.ts';
import { createLambda, type LambdaOptions } from '../../src/services/lambda/index.ts';
import { createLogs } from '../../src/services/logs/create-logs.ts';
import { serveServices } from '../support/serve-services.ts';
import { zipOf } from './zip.ts';

// Real processes on a machine that may be busy with others: a limit for what hangs, not for what is slow. It is below a
// test's own, so that a failure says what was waited for.
const PATIENCE_MS = 50_000;

/** Asks until it is so. */
export const until = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: 20 });

export const ROLE = 'arn:aws:iam::000000000000:role/test';
export const CREDENTIALS = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };

/** Lambda and Logs over a socket, with their SDK clients; ends with the test. */
export async function startLambda(options: Partial<LambdaOptions> & { clock?: Clock } = {}) {
  const { clock = systemClock, ...lambdaOptions } = options;
  const objects = memoryObjects();
  const metrics: MetricPoint[] = [];
  const served = await serveServices(clock, (environment) => {
    const logs = createLogs(environment);
    const lambda = createLambda(
      environment,
      { logs: logs.writer, metrics: { record: (point) => void metrics.push(point) }, objects: () => objects },
      { credentials: CREDENTIALS, ...lambdaOptions },
    );
    return [logs, lambda] as const;
  });
  const client = new LambdaClient(served.client);
  const logsClient = new CloudWatchLogsClient(served.client);
  onTestFinished(async () => {
    client.destroy();
    logsClient.destroy();
    await served.stop();
  });
  const [, service] = served.services;

  const create = async (
    code: string | Readonly<Record<string, string>>,
    settings: Partial<CreateFunctionCommandInput> = {},
  ) => createFunction(client, code, settings);

  const invoke = async (payload: unknown = {}, settings: Partial<InvokeCommandInput> = {}) => {
    const { Payload, LogResult, ...rest } = await client.send(
      new InvokeCommand({
        FunctionName: 'fn',
        LogType: 'Tail',
        Payload: JSON.stringify(payload),
        ...settings,
      }),
    );
    const text = Payload?.transformToString() ?? '';
    return {
      ...rest,
      text,
      payload: text === '' ? undefined : JSON.parse(text),
      tail: Buffer.from(LogResult ?? '', 'base64').toString(),
    };
  };

  const logStreams = async (group = '/aws/lambda/fn') => {
    const { logStreams: streams = [] } = await logsClient.send(
      new DescribeLogStreamsCommand({ logGroupName: group }),
    );
    return Promise.all(
      streams.map(async ({ logStreamName = '' }) => {
        const { events = [] } = await logsClient.send(
          new GetLogEventsCommand({ logGroupName: group, logStreamName, startFromHead: true }),
        );
        return { name: logStreamName, messages: events.map(({ message = '' }) => message) };
      }),
    );
  };

  return {
    client,
    logsClient,
    service,
    objects,
    /** What CloudWatch was told. */
    metrics,
    environment: served.environment,
    create,
    invoke,
    logStreams,
  };
}

/** A function `fn` of index.mjs (or the files given), as the test wants it. */
export async function createFunction(
  client: LambdaClient,
  code: string | Readonly<Record<string, string>>,
  settings: Partial<CreateFunctionCommandInput> = {},
) {
  return client.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: ROLE,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: await zipOf(typeof code === 'string' ? { 'index.mjs': code } : code) },
      ...settings,
    }),
  );
}

/** Stands in for S3: what is tested here is Lambda's side of the port. */
function memoryObjects(): ObjectStore & { readonly written: Map<string, string> } {
  const written = new Map<string, string>();
  const bodies = new Map<string, Uint8Array>();
  return {
    written,
    read: async (bucket, key) => {
      const body = bodies.get(`${bucket}/${key}`);
      if (body === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return body;
    },
    write: async (bucket, key, body) => {
      bodies.set(`${bucket}/${key}`, body);
      written.set(`${bucket}/${key}`, Buffer.from(body).toString());
    },
    bucketExists: () => true,
  };
}

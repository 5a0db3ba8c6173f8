import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  type CreateApiCommandInput,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  type CreateStageCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll } from 'vitest';
import { AwsError } from '../../src/errors.ts';
import type { FunctionInvoker } from '../../src/server/ports.ts';
import { createApiGateways } from '../../src/services/apigateway/create-api-gateways.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { serveServices } from '../support/serve-services.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

/** What a function is to the gateway. It answers its event unless a test says otherwise. */
interface FakeFunction {
  /** The payload to answer with, or an error to reject with. */
  answer: (event: Record<string, unknown>, signal: AbortSignal) => unknown;
  isFunctionError: boolean;
  isAllowed: boolean;
  events: Record<string, unknown>[];
  sourceArns: string[];
}

/**
 * Both API Gateways over a socket, with their SDK clients, in front of one function of the test's own. They end with the
 * test file: its tests share them and the APIs of those before, but find the function as new.
 */
export async function startGateways(): Promise<Gateways> {
  started ??= start();
  const gateways = await started;
  Object.assign(gateways.fn, newFunction());
  return gateways;
}

export type Gateways = Awaited<ReturnType<typeof start>>;

let started: Promise<Gateways> | undefined;
afterAll(async () => (await started)?.stop());

function newFunction(): FakeFunction {
  return {
    answer: (event) => ({ statusCode: 200, body: JSON.stringify(event) }),
    isFunctionError: false,
    isAllowed: true,
    events: [],
    sourceArns: [],
  };
}

async function start() {
  const clock = new ManualClock();
  const fn = newFunction();
  const functions: FunctionInvoker = {
    invoke: async (arn, payload, signal) => {
      if (arn !== FUNCTION_ARN) throw new AwsError('ResourceNotFoundException', `no ${arn}`, 404);
      const event = JSON.parse(payload);
      fn.events.push(event);
      const answer = await fn.answer(event, signal);
      return {
        payload: answer === undefined ? 'null' : JSON.stringify(answer),
        isFunctionError: fn.isFunctionError,
        executedVersion: '$LATEST',
        requestId: 'request',
      };
    },
    mayInvoke: (_arn, sourceArn) => {
      fn.sourceArns.push(sourceArn);
      return fn.isAllowed ? { allowed: true } : { allowed: false, reason: 'the test says so' };
    },
  };
  const served = await serveServices(clock, (environment) => createApiGateways(environment, { functions }));
  const http = new ApiGatewayV2Client(served.client);
  const rest = new APIGatewayClient(served.client);
  const stop = async () => {
    http.destroy();
    rest.destroy();
    await served.stop();
  };
  const endpoint = served.environment.endpoint();
  return { clock, fn, http, rest, endpoint, port: Number(new URL(endpoint).port), stop };
}

/** An API of the function behind these routes, and the URL of its $default stage (or another). */
export async function httpApi(
  { http, endpoint }: Gateways,
  routeKeys: readonly string[],
  settings: {
    readonly format?: '1.0' | '2.0';
    readonly api?: Partial<CreateApiCommandInput>;
    readonly stage?: Partial<CreateStageCommandInput>;
  } = {},
) {
  const { ApiId } = await http.send(
    new CreateApiCommand({ Name: 'test', ProtocolType: 'HTTP', ...settings.api }),
  );
  const { IntegrationId } = await http.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: FUNCTION_ARN,
      PayloadFormatVersion: settings.format ?? '2.0',
    }),
  );
  for (const RouteKey of routeKeys) {
    await http.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }));
  }
  const { StageName } = await http.send(
    new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true, ...settings.stage }),
  );
  const url = `${endpoint}/_execute-api/${ApiId}${StageName === '$default' ? '' : `/${StageName}`}`;
  return { apiId: ApiId ?? '', integrationId: IntegrationId ?? '', url };
}

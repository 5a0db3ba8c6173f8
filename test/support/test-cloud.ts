import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { type CloudClients, createClients, startedLocalTarget } from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';

/** An embedded cloud in this process. */
export interface ServedCloud {
  readonly clients: CloudClients;
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** One of a test's own, with nothing in it; its state goes when it stops. */
export async function startTestCloud(): Promise<ServedCloud> {
  const dir = await mkdtemp(join(tmpdir(), 'skyground-cloud-'));
  const cloud = await serveCloud(join(dir, 'state'));
  const stop = async (): Promise<void> => {
    await cloud.stop();
    await rm(dir, { recursive: true });
  };
  return { ...cloud, stop };
}

/** Serves what is in a state folder. */
export async function serveCloud(stateDir: string): Promise<ServedCloud> {
  const cloud = await startLocalCloud({ stateDir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const stop = async (): Promise<void> => {
    clients.destroy();
    await cloud.stop();
  };
  return { clients, endpoint: cloud.endpoint, stop };
}

/** Names of everything that exists on a target, by listing each service. */
export async function listEverything(clients: CloudClients): Promise<readonly string[]> {
  const [buckets, tables, roles, groups, functions, machines, httpApis, restApis] = await Promise.all([
    clients.s3.send(new ListBucketsCommand({})),
    clients.dynamodb.send(new ListTablesCommand({})),
    clients.iam.send(new ListRolesCommand({})),
    clients.logs.send(new DescribeLogGroupsCommand({})),
    clients.lambda.send(new ListFunctionsCommand({})),
    clients.sfn.send(new ListStateMachinesCommand({})),
    clients.apigatewayv2.send(new GetApisCommand({})),
    clients.apigateway.send(new GetRestApisCommand({})),
  ]);
  return [
    ...(buckets.Buckets ?? []).map(({ Name }) => `bucket ${Name}`),
    ...(tables.TableNames ?? []).map((name) => `table ${name}`),
    ...(roles.Roles ?? []).map(({ RoleName }) => `role ${RoleName}`),
    ...(groups.logGroups ?? []).map(({ logGroupName }) => `log group ${logGroupName}`),
    ...(functions.Functions ?? []).map(({ FunctionName }) => `function ${FunctionName}`),
    ...(machines.stateMachines ?? []).map(({ name }) => `state machine ${name}`),
    ...(httpApis.Items ?? []).map(({ Name }) => `HTTP API ${Name}`),
    ...(restApis.items ?? []).map(({ name }) => `REST API ${name}`),
  ].sort();
}

import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';

import type { Target } from './config/target.ts';

export interface CloudClients {
  readonly target: Target;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly sfn: SFNClient;
  readonly dynamodb: DynamoDBClient;
  /** REST APIs. */
  readonly apigateway: APIGatewayClient;
  /** HTTP APIs. */
  readonly apigatewayv2: ApiGatewayV2Client;
  readonly cloudwatch: CloudWatchClient;
  /** Container images, on real accounts alone. */
  readonly ecr: ECRClient;
  /** Closes the connections that are kept alive. */
  destroy(): void;
}

/** Requests in flight to one host; more wait in the process. Well under what S3 takes, well over what one machine uploads. */
const MAX_SOCKETS = 64;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Longer than the longest request of this tool (a zip of 8 MB over a slow line), so that a dead connection ends. */
const REQUEST_TIMEOUT_MS = 120_000;

/**
 * The clients of a target: the one place where any are made, so that no call can go elsewhere or with other credentials.
 *
 * Real AWS ignores AWS_ENDPOINT_URL and its kin, in the environment and in the profile: `aws` means AWS. Everything else is
 * given its endpoint and credentials outright, which beats whatever the shell holds. S3 uses path-style addresses there,
 * because `bucket.localhost` does not resolve; and Step Functions' `sync-` host for StartSyncExecution is AWS's alone.
 */
export function createClients(target: Target): CloudClients {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
  });
  const shared = { requestHandler, maxAttempts: 5, retryMode: 'standard', ...connection(target) };
  const clients = {
    s3: new S3Client({ ...shared, forcePathStyle: target.kind !== 'aws' }),
    lambda: new LambdaClient(shared),
    logs: new CloudWatchLogsClient(shared),
    iam: new IAMClient(shared),
    sts: new STSClient(shared),
    sfn: new SFNClient({ ...shared, disableHostPrefix: target.kind !== 'aws' }),
    dynamodb: new DynamoDBClient(shared),
    apigateway: new APIGatewayClient(shared),
    apigatewayv2: new ApiGatewayV2Client(shared),
    cloudwatch: new CloudWatchClient(shared),
    ecr: new ECRClient(shared),
  };
  return { target, ...clients, destroy: () => requestHandler.destroy() };
}

function connection(
  target: Target,
): Pick<S3ClientConfig, 'region' | 'endpoint' | 'credentials' | 'profile' | 'ignoreConfiguredEndpointUrls'> {
  if (target.kind === 'aws') {
    const profile = target.profile === undefined ? {} : { profile: target.profile };
    return {
      ignoreConfiguredEndpointUrls: true,
      ...(target.region === undefined ? {} : { region: target.region }),
      ...profile,
      // The SDK's own chain, made here because the clients that it takes on roles and logs in with would follow AWS_ENDPOINT_URL.
      credentials: fromNodeProviderChain({
        ...profile,
        clientConfig: { ignoreConfiguredEndpointUrls: true },
      }),
    };
  }
  const { endpoint, region, credentials } = target;
  if (credentials !== 'ambient') return { endpoint, region, credentials };
  const chain = target.kind === 'endpoint' && target.profile !== undefined ? { profile: target.profile } : {};
  return { endpoint, region, credentials: fromNodeProviderChain(chain) };
}

import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { LocalCloud } from '../../src/index.ts';
import { BehaviourFunctions } from './functions.ts';

/** The official SDK, pointed at one cloud, and what every case shares. */
export interface Account {
  readonly cloud: LocalCloud;
  readonly states: SFNClient;
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly logs: CloudWatchLogsClient;
  readonly functions: BehaviourFunctions;
  readonly roleArn: string;
  /** A name that no case had before. */
  uniqueName(): string;
}

export async function openAccount(cloud: LocalCloud): Promise<Account> {
  const settings = {
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: cloud.credentials,
    maxAttempts: 1,
  };
  const iam = new IAMClient(settings);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: ['states.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'conformance', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const roleArn = Role?.Arn ?? '';
  let count = 0;
  return {
    cloud,
    // StartSyncExecution would go to the host `sync-127.0.0.1`.
    states: new SFNClient({ ...settings, disableHostPrefix: true }),
    s3: new S3Client(settings),
    dynamodb: new DynamoDBClient(settings),
    logs: new CloudWatchLogsClient(settings),
    functions: new BehaviourFunctions(new LambdaClient(settings), roleArn),
    roleArn,
    uniqueName: () => {
      count += 1;
      return `conformance-${count}`;
    },
  };
}

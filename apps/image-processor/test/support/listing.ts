import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { CloudClients } from '@skyground/cloud';

/** Names of everything that exists on a target, by listing each service. */
export async function listEverything({ s3, lambda, iam, logs }: CloudClients): Promise<readonly string[]> {
  const [buckets, functions, roles, groups] = await Promise.all([
    s3.send(new ListBucketsCommand({})),
    lambda.send(new ListFunctionsCommand({})),
    iam.send(new ListRolesCommand({})),
    logs.send(new DescribeLogGroupsCommand({})),
  ]);
  return [
    ...(buckets.Buckets ?? []).map(({ Name }) => `bucket ${Name}`),
    ...(functions.Functions ?? []).map(({ FunctionName }) => `function ${FunctionName}`),
    ...(roles.Roles ?? []).map(({ RoleName }) => `role ${RoleName}`),
    ...(groups.logGroups ?? []).map(({ logGroupName }) => `log group ${logGroupName}`),
  ].sort();
}

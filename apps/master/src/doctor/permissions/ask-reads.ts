import { DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { GetAccountSettingsCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import { type CloudClients, identify, isSdkError, namesOf } from '@skyground/cloud';
import type { ImageProcessorDeclaration } from '@skyground/image-processor';
import { messageOf } from '../../errors.ts';
import type { Denied, PermissionAnswers } from './answers.ts';

const absent = ['ResourceNotFoundException', 'NoSuchEntity', 'NoSuchEntityException'];
const refusals = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];

type Answer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly denied: Denied }
  | { readonly kind: 'failed'; readonly message: string };

/** Does each read of deploy and of the main job once. That a thing is not there is an answer too: it was allowed to look. */
export async function askReads(
  declaration: ImageProcessorDeclaration,
  clients: CloudClients,
  signal: AbortSignal,
): Promise<PermissionAnswers> {
  const { functions, functionRole } = namesOf(declaration, await identify(clients, signal));
  const { name, arn, logGroup } = functions.main;
  const { lambda, logs, iam } = clients;
  const options = { abortSignal: signal };
  const role = functionRole.ownName;
  const answers = await Promise.all([
    ask('lambda:GetAccountSettings', '*', lambda.send(new GetAccountSettingsCommand({}), options)),
    ask('lambda:GetFunction', arn, lambda.send(new GetFunctionCommand({ FunctionName: name }), options)),
    ask(
      'logs:DescribeLogGroups',
      '*',
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup, limit: 1 }), options),
    ),
    ask(
      'logs:FilterLogEvents',
      '*',
      logs.send(new FilterLogEventsCommand({ logGroupName: logGroup, limit: 1 }), options),
    ),
    ...(role === undefined
      ? []
      : [ask('iam:GetRole', functionRole.arn, iam.send(new GetRoleCommand({ RoleName: role }), options))]),
  ]);
  signal.throwIfAborted();
  const failed = answers.flatMap((answer) => (answer.kind === 'failed' ? answer.message : []));
  return {
    allowed: answers.filter(({ kind }) => kind === 'allowed').length,
    denied: answers.flatMap((answer) => (answer.kind === 'denied' ? answer.denied : [])),
    notAsked: failed.length === 0 ? undefined : failed.join('; '),
  };
}

async function ask(action: string, resource: string, request: Promise<unknown>): Promise<Answer> {
  try {
    await request;
    return { kind: 'allowed' };
  } catch (error) {
    if (isSdkError(error, absent)) return { kind: 'allowed' };
    if (isSdkError(error, refusals, 403)) return { kind: 'denied', denied: { action, resource } };
    return { kind: 'failed', message: `${action} (${messageOf(error)})` };
  }
}

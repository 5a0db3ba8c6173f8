import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { type Caller, type CloudClients, identify, isSdkError, namesOf } from '@skyground/cloud';
import type { ImageProcessorDeclaration } from '@skyground/image-processor';
import type { PermissionAnswers } from './answers.ts';
import { questionsOf } from './write-questions.ts';

/** Nothing is known of them, and why. */
const unknown = (why: string): PermissionAnswers => ({ allowed: 0, denied: [], notAsked: `writes (${why})` });

/** Asks IAM whether the caller might do what deploy, upload and clean do. Nothing is done. */
export async function simulateWrites(
  declaration: ImageProcessorDeclaration,
  clients: CloudClients,
  signal: AbortSignal,
): Promise<PermissionAnswers> {
  const caller = await identify(clients, signal);
  const PolicySourceArn = await principalOf(caller, clients, signal);
  if (PolicySourceArn === undefined) return unknown(`IAM cannot simulate for ${caller.arn}`);
  const questions = questionsOf(declaration, namesOf(declaration, caller), caller);
  try {
    const answers = await Promise.all(
      questions.map(async ({ actions, resource, context }) => {
        const { EvaluationResults = [] } = await clients.iam.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn,
            ActionNames: [...actions],
            ResourceArns: [resource],
            ...(context === undefined ? {} : { ContextEntries: [context] }),
          }),
          { abortSignal: signal },
        );
        const decisions = new Map(EvaluationResults.map((one) => [one.EvalActionName, one.EvalDecision]));
        return actions.map((action) => ({ action, resource, decision: decisions.get(action) }));
      }),
    );
    const all = answers.flat();
    const unanswered = all.filter(({ decision }) => decision === undefined).map(({ action }) => action);
    return {
      allowed: all.filter(({ decision }) => decision === 'allowed').length,
      denied: all.filter(({ decision }) => decision !== 'allowed' && decision !== undefined),
      notAsked:
        unanswered.length === 0
          ? undefined
          : `writes (the simulator gave no answer about ${[...new Set(unanswered)].join(', ')})`,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (isSdkError(error, ['AccessDenied', 'AccessDeniedException'], 403))
      return unknown('iam:SimulatePrincipalPolicy is denied');
    return unknown(`iam:SimulatePrincipalPolicy answered ${error instanceof Error ? error.name : 'nothing'}`);
  }
}

/** A session of a role is asked about as the role. Root and federated callers have no policies that IAM could simulate. */
async function principalOf(
  { arn, accountId, partition }: Caller,
  { iam }: CloudClients,
  signal: AbortSignal,
): Promise<string | undefined> {
  const RoleName = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (RoleName === undefined) return /:(user|role)\//.test(arn) ? arn : undefined;
  try {
    // A session's ARN leaves out the role's path, and those of SSO have one.
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }), { abortSignal: signal });
    if (Role?.Arn !== undefined) return Role.Arn;
  } catch {
    signal.throwIfAborted();
  }
  return `arn:${partition}:iam::${accountId}:role/${RoleName}`;
}

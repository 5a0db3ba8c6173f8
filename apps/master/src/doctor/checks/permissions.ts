import { defineRemoteCheck, type Judgement } from '../check.ts';
import { declarationFor } from '../declaration.ts';
import type { Denied, PermissionAnswers } from '../permissions/answers.ts';
import { askReads } from '../permissions/ask-reads.ts';
import { simulateWrites } from '../permissions/simulate-writes.ts';

/** What the main job needs, asked without changing anything: reads by doing them, writes of IAM's policy simulator. */
export const permissionsCheck = defineRemoteCheck({
  id: 'permissions',
  title: 'Permissions',
  after: ['sharp', 'identity'],
  probe: async ({ clients, target }, { settings }, signal): Promise<readonly PermissionAnswers[]> => {
    const declaration = await declarationFor(settings, target);
    return Promise.all([
      askReads(declaration, clients, signal),
      simulateWrites(declaration, clients, signal),
    ]);
  },
  judge: judgePermissions,
});

export function judgePermissions(answers: readonly PermissionAnswers[]): Judgement {
  const denied = answers.flatMap((answer) => answer.denied);
  const allowed = answers.reduce((sum, answer) => sum + answer.allowed, 0);
  const unknown = answers.flatMap(({ notAsked }) => notAsked ?? []).join('; ');
  const rest = unknown === '' ? '' : `; not known: ${unknown}`;
  if (denied.length === 0) {
    const seen = `${allowed} actions are allowed${rest}`;
    if (unknown === '') return { status: 'ok', seen };
    const advice = 'Nothing, unless deploy is refused: its message then names the action that is missing.';
    return { status: 'warning', seen, advice };
  }
  const list = denied.map(({ action, resource }) => `${action} on ${resource}`).join(', ');
  const roleHint = denied.some(({ action }) => action.startsWith('iam:'))
    ? ' Where roles may not be made, name an existing one with --role (a learner lab: LabRole).'
    : '';
  return {
    status: 'problem',
    seen: `denied: ${list}${rest}`,
    advice: `Add to the caller's policy: ${JSON.stringify(statementFor(denied))}.${roleHint}`,
  };
}

/** The least that lifts what was denied. */
function statementFor(denied: readonly Denied[]): object {
  return {
    Effect: 'Allow',
    Action: [...new Set(denied.map(({ action }) => action))],
    Resource: [...new Set(denied.map(({ resource }) => resource))],
  };
}

import { AwsError } from '../../errors.ts';
import type { CloudEnvironment } from '../../server/environment.ts';
import { text } from '../../storage/row.ts';
import { noSuchInlinePolicy } from './errors.ts';
import type { Roles } from './roles.ts';

export type RolePolicies = ReturnType<typeof rolePolicies>;

/** Policies of roles in the state database: inline documents, and ARNs of attached managed ones. */
export function rolePolicies({ database }: CloudEnvironment, roles: Roles) {
  const putInline = database.prepare('INSERT OR REPLACE INTO iam_inline_policy VALUES (?, ?, ?)');
  const selectInline = database.prepare(
    'SELECT document FROM iam_inline_policy WHERE role_name = ? AND name = ?',
  );
  const removeInline = database.prepare('DELETE FROM iam_inline_policy WHERE role_name = ? AND name = ?');
  const inlineNames = database.prepare(
    'SELECT name FROM iam_inline_policy WHERE role_name = ? ORDER BY name',
  );
  const attach = database.prepare('INSERT OR IGNORE INTO iam_attached_policy VALUES (?, ?)');
  const detach = database.prepare('DELETE FROM iam_attached_policy WHERE role_name = ? AND arn = ?');
  const attachedArns = database.prepare(
    'SELECT arn FROM iam_attached_policy WHERE role_name = ? ORDER BY arn',
  );

  return {
    putInline(roleName: string, name: string, document: string): void {
      putInline.run(roles.get(roleName).name, name, document);
    },

    inline(roleName: string, name: string): string {
      const row = selectInline.get(roles.get(roleName).name, name);
      if (row === undefined) throw noSuchInlinePolicy(name);
      return text(row, 'document');
    },

    deleteInline(roleName: string, name: string): void {
      if (removeInline.run(roles.get(roleName).name, name).changes === 0) throw noSuchInlinePolicy(name);
    },

    inlineNames: (roleName: string): string[] =>
      inlineNames.all(roles.get(roleName).name).map((row) => text(row, 'name')),

    attach(roleName: string, arn: string): void {
      attach.run(roles.get(roleName).name, arn);
    },

    detach(roleName: string, arn: string): void {
      if (detach.run(roles.get(roleName).name, arn).changes === 0) {
        throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
      }
    },

    attachedArns: (roleName: string): string[] =>
      attachedArns.all(roles.get(roleName).name).map((row) => text(row, 'arn')),
  };
}

import { z } from 'zod';
import { malformedPolicy } from './errors.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]);

/** The elements of the policy language that a statement may have; values are stored as sent, not enforced. */
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  NotPrincipal: z.unknown().optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
});

const document = z.strictObject({
  Version: z.enum(['2008-10-17', '2012-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]),
});

type Statement = z.output<typeof statement>;

/** Who may take the role: every statement names a principal and no resource. */
export function checkTrustPolicy(text: string): void {
  for (const { Principal, NotPrincipal, Resource, NotResource, ...rest } of statements(text)) {
    requireAction(rest);
    if (Resource !== undefined || NotResource !== undefined)
      throw malformedPolicy('Has prohibited field Resource');
    if (Principal === undefined && NotPrincipal === undefined)
      throw malformedPolicy('Missing required field Principal');
  }
}

/** What the role may do: every statement names a resource and no principal. */
export function checkPermissionPolicy(text: string): void {
  for (const { Principal, NotPrincipal, Resource, NotResource, ...rest } of statements(text)) {
    requireAction(rest);
    if (Principal !== undefined || NotPrincipal !== undefined) {
      throw malformedPolicy('Policy document should not specify a principal.');
    }
    if (Resource === undefined && NotResource === undefined)
      throw malformedPolicy('Policy statement must contain resources.');
  }
}

/** IAM answers with documents percent-encoded as RFC 3986 says, which its clients undo. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function statements(text: string): readonly Statement[] {
  const parsed = document.safeParse(parseJson(text));
  if (!parsed.success) {
    throw malformedPolicy(`Syntax errors in policy. ${z.prettifyError(parsed.error)}`, parsed.error);
  }
  const { Statement } = parsed.data;
  return Array.isArray(Statement) ? Statement : [Statement];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformedPolicy('This policy contains invalid Json', cause);
  }
}

function requireAction({ Action, NotAction }: Pick<Statement, 'Action' | 'NotAction'>): void {
  if (Action === undefined && NotAction === undefined)
    throw malformedPolicy('Policy statement must contain actions.');
}

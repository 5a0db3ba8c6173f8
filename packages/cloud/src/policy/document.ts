/** One thing that is allowed. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export function allow(actions: string | readonly string[], resource: string | readonly string[]): Statement {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

/** Each statement once, in the order in which they came. */
export function policyOf(statements: readonly Statement[]): PolicyDocument {
  const byText = new Map(statements.map((statement) => [JSON.stringify(statement), statement]));
  return { Version: '2012-10-17', Statement: [...byText.values()] };
}

/** Lets one service, and nobody else, wear a role. */
export function trustPolicy(service: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

/** IAM gives documents URL-encoded; an emulator may give them plain. */
export function parsePolicyDocument(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

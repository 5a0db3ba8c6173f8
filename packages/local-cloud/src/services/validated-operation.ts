import type { z } from 'zod';
import { AwsError, notImplemented } from '../errors.ts';
import type { Operation, RequestContext } from '../server/service.ts';

/** How one service words a malformed request. */
export interface ValidationStyle {
  readonly serviceId: string;
  /** InvalidParameterException in Logs, ValidationError in IAM. */
  readonly errorCode: string;
}

/**
 * An operation behind a strict schema of the members that we implement. A member that the schema lacks is refused as not
 * implemented, by its name; a value that breaks a constraint is refused in AWS's own words.
 */
export function validatedOperation<Schema extends z.ZodType, Output>(
  style: ValidationStyle,
  operationName: string,
  schema: Schema,
  run: (input: z.output<Schema>, context: RequestContext) => Output,
): Operation<unknown, Output> {
  return async (input, context) => {
    const parsed = schema.safeParse(input, { reportInput: true });
    if (parsed.success) return run(parsed.data, context);
    const unknownMembers = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : [],
    );
    if (unknownMembers.length > 0) {
      throw notImplemented(style.serviceId, operationName, `member ${unknownMembers.join(', ')}`);
    }
    throw new AwsError(
      style.errorCode,
      validationMessage(parsed.error.issues),
      400,
      {},
      { cause: parsed.error },
    );
  };
}

/** As recorded: "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must ...". */
function validationMessage(issues: readonly z.core.$ZodIssue[]): string {
  const details = issues.map(
    (issue) =>
      `Value ${quoted(issue.input)} at '${memberPath(issue.path)}' failed to satisfy constraint: ${constraint(issue)}`,
  );
  return `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${details.join('; ')}`;
}

function quoted(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
}

/** List positions count from 1 and are called members; names begin in lower case whatever the model says. */
function memberPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) =>
      typeof part === 'number'
        ? `${part + 1}.member`
        : String(part).replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    )
    .join('.');
}

function constraint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? 'Member must not be null'
        : `Member must be of type ${issue.expected}`;
    case 'too_big':
      return `Member must have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'too_small':
      return `Member must have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${issue.pattern ?? issue.format}`;
    default:
      return issue.message;
  }
}

function measure(origin: string): 'length' | 'value' {
  return origin === 'string' || origin === 'array' ? 'length' : 'value';
}

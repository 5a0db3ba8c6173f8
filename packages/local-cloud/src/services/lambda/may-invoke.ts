import type { CloudEnvironment } from '../../server/environment.ts';
import type { EventTarget } from '../../server/ports.ts';
import { parseFunctionName } from './function-name.ts';
import type { FunctionRecord, PolicyStatement } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';

/** As the ports of other services ask, by ARN. */
export function mayInvokeFunction(
  cloud: CloudEnvironment,
  store: FunctionStore,
  ...[functionArn, sourceArn, principal]: Parameters<EventTarget['mayInvoke']>
): ReturnType<EventTarget['mayInvoke']> {
  const { name, qualifier, isHere } = parseFunctionName(cloud, functionArn);
  const record = isHere ? store.get(name, qualifier) : undefined;
  return record === undefined
    ? { allowed: false, reason: `The function ${functionArn} does not exist.` }
    : mayInvoke(record, sourceArn, principal, cloud.accountId);
}

/** Whether the function's resource-based policy lets a service invoke it for a source, such as S3 for a bucket. */
function mayInvoke(
  record: FunctionRecord,
  sourceArn: string,
  principal: string,
  accountId: string,
): { allowed: true } | { allowed: false; reason: string } {
  const forPrincipal = record.policy.filter(
    (statement) => allowsInvoke(statement) && isFor(statement, principal),
  );
  if (forPrincipal.length === 0) {
    return {
      allowed: false,
      reason: `No statement of the policy of ${record.arn} lets ${principal} invoke it.`,
    };
  }
  return forPrincipal.some((statement) => meets(statement, sourceArn, accountId))
    ? { allowed: true }
    : {
        allowed: false,
        reason: `The policy of ${record.arn} lets ${principal} invoke it, but not for the source ${sourceArn}.`,
      };
}

function allowsInvoke({ Action }: PolicyStatement): boolean {
  return Action === 'lambda:InvokeFunction' || Action === 'lambda:*' || Action === '*';
}

function isFor({ Principal }: PolicyStatement, service: string): boolean {
  return Principal === '*' || ('Service' in Principal && Principal.Service === service);
}

function meets({ Condition }: PolicyStatement, sourceArn: string, accountId: string): boolean {
  const pattern = Condition?.['ArnLike']?.['AWS:SourceArn'];
  const account = Condition?.['StringEquals']?.['AWS:SourceAccount'];
  return (
    (pattern === undefined || arnLike(pattern, sourceArn)) && (account === undefined || account === accountId)
  );
}

/** `*` and `?` match within one of the ARN's six parts. */
function arnLike(pattern: string, arn: string): boolean {
  const patternParts = splitArn(pattern);
  const parts = splitArn(arn);
  return (
    patternParts.length === parts.length &&
    patternParts.every((part, index) => like(part, parts[index] ?? ''))
  );
}

function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

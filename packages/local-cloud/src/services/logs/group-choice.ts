import { invalidParameter } from './errors.ts';
import type { LogGroup, LogGroups } from './log-groups.ts';

/** Several operations take a group by its name or by an identifier (name or ARN), and refuse both or neither. */
export function chooseGroup(
  groups: LogGroups,
  input: { readonly logGroupName?: string | undefined; readonly logGroupIdentifier?: string | undefined },
): LogGroup {
  const { logGroupName, logGroupIdentifier } = input;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw invalidParameter('LogGroup name and LogGroup identifier are mutually exclusive parameters.');
  }
  if (logGroupName !== undefined) return groups.get(logGroupName);
  if (logGroupIdentifier !== undefined) return groups.get(groups.nameOf(logGroupIdentifier));
  throw invalidParameter('Either logGroupName or logGroupIdentifier must be given.');
}

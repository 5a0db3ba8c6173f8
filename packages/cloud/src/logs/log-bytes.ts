import type { LogLine } from './function-log.ts';
import { invocations } from './invocations.ts';

/** What CloudWatch bills of an event beside its text. */
const eventOverheadBytes = 26;

/** Bytes that the invocations of each request logged, as CloudWatch counts what it takes in. INIT_START belongs to none. */
export function logBytesByRequest(lines: readonly LogLine[]): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const { requestId, lines: logged } of invocations(lines)) {
    if (requestId === null) continue;
    const sum = logged.reduce(
      (total, { message }) => total + Buffer.byteLength(message) + eventOverheadBytes,
      0,
    );
    bytes.set(requestId, (bytes.get(requestId) ?? 0) + sum);
  }
  return bytes;
}

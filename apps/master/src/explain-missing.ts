import { type CloudClients, functionLog, lastLines, linesAbout } from '@skyground/cloud';

const mostExplained = 5;

/** Why images never came back, as far as the function's log says: messages for a person. */
export async function explainMissing(
  missing: readonly { readonly name: string; readonly key: string }[],
  place: {
    readonly clients: CloudClients;
    readonly logGroup: string;
    /** When the first of them was uploaded. */
    readonly sinceMs: number;
    readonly signal: AbortSignal;
  },
): Promise<readonly string[]> {
  const { clients, logGroup, sinceMs, signal } = place;
  const log = await functionLog(clients, logGroup, { sinceMs, signal });
  const messages: string[] = [];
  const silent: string[] = [];
  for (const { name, key } of missing.slice(0, mostExplained)) {
    const lines = linesAbout(log, key);
    if (lines.length === 0) silent.push(name);
    else messages.push([`${name} never came back. Its invocations logged:`, ...lines].join('\n  '));
  }
  if (silent.length > 0) {
    const last = lastLines(log);
    const said = last.length === 0 ? ['nothing: it may never have been invoked'] : last;
    messages.push(
      [
        `${silent.join(', ')} never came back, and no log line names them. The function's last lines:`,
        ...said,
      ].join('\n  '),
    );
  }
  if (missing.length > mostExplained) {
    messages.push(`${missing.length - mostExplained} more images never came back`);
  }
  return messages;
}

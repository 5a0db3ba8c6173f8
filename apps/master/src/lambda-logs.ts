import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudClients } from '@skyground/cloud';
import { parseReportLine, type ReportLine } from '@skyground/metrics';

/** Log events of the function since a moment, in the log's order, each once; none where the log group does not exist yet. */
async function logMessages(
  { logs }: CloudClients,
  logGroup: string,
  options: { readonly sinceMs: number; readonly pattern: string; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const messages = new Map<string, string>();
  const input = { logGroupName: logGroup, startTime: options.sinceMs, filterPattern: options.pattern };
  try {
    for await (const page of paginateFilterLogEvents({ client: logs }, input, { abortSignal: options.signal })) {
      for (const { eventId, message } of page.events ?? []) {
        if (eventId !== undefined && message !== undefined) messages.set(eventId, message);
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
  return [...messages.values()];
}

/** REPORT lines since a moment. */
export async function reportLines(clients: CloudClients, logGroup: string, sinceMs: number, signal: AbortSignal): Promise<ReportLine[]> {
  const messages = await logMessages(clients, logGroup, { sinceMs, pattern: 'REPORT', signal });
  return messages.flatMap((message) => parseReportLine(message) ?? []);
}

const mostLines = 8;

/** What the function's log says about one image: the lines that name it, and those of the same invocations. */
export async function logLinesAbout(
  clients: CloudClients,
  logGroup: string,
  image: string,
  sinceMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  // A quoted pattern may hold anything but quotes; the image's name is filtered here, exactly.
  const naming = (await logMessages(clients, logGroup, { sinceMs, pattern: '', signal })).filter((message) => message.includes(image));
  return naming.slice(-mostLines).map((message) => message.trimEnd());
}

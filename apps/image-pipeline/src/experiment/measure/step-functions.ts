import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Json } from '@skyground/asl';
import { z } from 'zod';
import type { MeasuredRun } from './measured-run.ts';
import type { Place } from './place.ts';

/** As often as the decentralised runtime's result is asked for. */
const pollIntervalMs = 100;
const pageSize = 1000;

/** The answer of `lambda:invoke`, as far as it is used; AWS adds members without notice. */
const answerSchema = z.object({ SdkResponseMetadata: z.object({ RequestId: z.string() }) });

/** The same definition by the central orchestrator. Its end is that of the execution, by the clock of Step Functions. */
export async function runStepFunctions(
  { clients: { sfn }, stateMachineArn }: Place,
  input: Json,
  about: { readonly session: string; readonly startedAtMs: number; readonly signal: AbortSignal },
): Promise<MeasuredRun> {
  const { session, startedAtMs, signal: abortSignal } = about;
  const start = new StartExecutionCommand({ stateMachineArn, name: session, input: JSON.stringify(input) });
  const { executionArn } = await sfn.send(start, { abortSignal });
  const describe = new DescribeExecutionCommand({ executionArn });
  let described = await sfn.send(describe, { abortSignal });
  while (described.status === 'RUNNING') {
    await sleep(pollIntervalMs, undefined, { signal: abortSignal });
    described = await sfn.send(describe, { abortSignal });
  }
  const events: HistoryEvent[] = [];
  const pages = paginateGetExecutionHistory(
    { client: sfn },
    { executionArn, maxResults: pageSize, includeExecutionData: true },
    { abortSignal },
  );
  for await (const page of pages) events.push(...(page.events ?? []));
  const hasSucceeded = described.status === 'SUCCEEDED';
  return {
    ...{ mode: 'STEP_FUNCTIONS', session, startedAtMs },
    endedAtMs: described.stopDate?.getTime() ?? Date.now(),
    transitions: events.filter(({ type }) => type?.endsWith('StateEntered')).length,
    requestIds: events.flatMap(({ taskSucceededEventDetails }) =>
      requestIdIn(taskSucceededEventDetails?.output),
    ),
    outcome: hasSucceeded ? 'succeeded' : 'failed',
    error: hasSucceeded
      ? null
      : `${described.status}: ${[described.error, described.cause].filter(Boolean).join(': ')}`,
  };
}

function requestIdIn(output: string | undefined): readonly string[] {
  if (output === undefined) return [];
  const parsed = answerSchema.safeParse(JSON.parse(output));
  return parsed.success ? [parsed.data.SdkResponseMetadata.RequestId] : [];
}

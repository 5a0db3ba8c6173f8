import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';

import { systemClock } from '../clock.ts';
import { isChoreographyEvent, readEvent } from '../envelope.ts';
import type { Handler, LambdaContext } from '../node/call-handler.ts';
import { type Invocation, runEnvelope } from '../node/run-envelope.ts';
import type { Runtime } from '../runtime.ts';
import { readEnvelope } from '../send.ts';
import { DynamoTable } from '../store/dynamo-table.ts';
import { S3Objects } from '../store/s3-objects.ts';
import { readWorkflow } from '../workflow.ts';
import {
  BUCKET_VARIABLE,
  functionVariable,
  TABLE_VARIABLE,
  type Variables,
  variable,
} from './environment.ts';
import { lambdaInvoke } from './invoke.ts';

export type PlantFault = Invocation['plant'];

export interface ChoreographOptions {
  /** The Amazon States Language, as its file holds it; `${functions.key}` names a function of the app. */
  readonly definition: object;
  /** The shortest time between two reads of an aggregator that waits for its inputs. Default 20. */
  readonly pollFloorMs?: number;
  /** For measuring faults: called at each point of an invocation. */
  readonly plantFault?: PlantFault;
}

const POLL_FLOOR_MS = 20;

/**
 * The Lambda handler of a node. Events of the decentralised runtime run the node and what comes next; any other event goes to the user's
 * handler as it is, and so does its answer: the same function serves Step Functions and direct calls.
 */
export function choreograph<Context extends LambdaContext>(
  handler: Handler<Context>,
  options: ChoreographOptions,
): (event: unknown, context: Context) => Promise<unknown> {
  // While the environment starts, if it is one of the runtime: not in the time of the first event.
  let runtime = process.env[TABLE_VARIABLE] === undefined ? undefined : runtimeOf(options, process.env);
  runtime?.catch(() => undefined);
  return async (event, context) => {
    // An event from elsewhere is what the handler makes of it.
    if (!isChoreographyEvent(event)) return handler(event as Parameters<Handler>[0], context);
    runtime ??= runtimeOf(options, process.env);
    const invocation: Invocation = {
      // The event's own context: the wrapper hands on what it was given.
      handler: (input) => handler(input, context),
      context,
      pollFloorMs: options.pollFloorMs ?? POLL_FLOOR_MS,
      plant: options.plantFault ?? (() => undefined),
    };
    const ready = await runtime;
    const envelope = await readEnvelope(ready, readEvent(event));
    if (envelope === undefined) return null;
    const record = await runEnvelope(ready, envelope, invocation);
    console.log(JSON.stringify({ choreography: record }));
    return null;
  };
}

async function runtimeOf({ definition }: ChoreographOptions, variables: Variables): Promise<Runtime> {
  const dynamodb = new DynamoDBClient({});
  const s3 = async () => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    // Emulators are addressed by path: `bucket.localhost` does not resolve.
    return new S3Client({ forcePathStyle: variables['AWS_ENDPOINT_URL'] !== undefined });
  };
  return {
    workflow: await readWorkflow(definition, (key) => variable(variables, functionVariable(key))),
    table: new DynamoTable(dynamodb, variable(variables, TABLE_VARIABLE)),
    objects: new S3Objects(s3, variable(variables, BUCKET_VARIABLE)),
    invoke: lambdaInvoke(new LambdaClient({})),
    clock: systemClock,
  };
}

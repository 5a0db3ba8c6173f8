import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { beginningOf, type Json } from '@skyground/asl';

import { systemClock } from '../clock.ts';
import { ChoreographyError } from '../errors.ts';
import { goOn } from '../go-on.ts';
import { lambdaInvoke } from '../lambda/invoke.ts';
import type { Runtime } from '../runtime.ts';
import { type Mode, type Session, sessionSchema } from '../session.ts';
import { DynamoTable } from '../store/dynamo-table.ts';
import { S3Objects } from '../store/s3-objects.ts';
import { Store } from '../store/store.ts';
import { readWorkflow } from '../workflow.ts';

/** A deployed workflow, as clients see it. */
export interface DeployedWorkflow {
  /** The Amazon States Language, as its file holds it. */
  readonly definition: object;
  readonly clients: {
    readonly dynamodb: DynamoDBClient;
    readonly lambda: LambdaClient;
    readonly s3: S3Client;
  };
  readonly tableName: string;
  readonly bucketName: string;
  /** Of each function, by the key in `${functions.key}`. */
  readonly functionArns: Readonly<Record<string, string>>;
}

export interface StartOptions {
  readonly mode: Mode;
  /** Whether everything but the result is deleted when the workflow has ended. */
  readonly collectsGarbage: boolean;
  /** A new one where it is missing. A session that was used before goes on where it is. */
  readonly session?: string;
  readonly signal: AbortSignal;
}

/** Starts one run of the workflow and gives its session; rejects if what is first could not be started. */
export async function startWorkflow(
  deployed: DeployedWorkflow,
  input: Json,
  options: StartOptions,
): Promise<Session> {
  return startSession(await runtimeOf(deployed), input, options);
}

export async function startSession(runtime: Runtime, input: Json, options: StartOptions): Promise<Session> {
  const { mode, collectsGarbage, signal } = options;
  const session: Session = {
    session: sessionSchema.parse(options.session ?? randomUUID()),
    mode,
    collectsGarbage,
    startedAtMs: runtime.clock.now(),
  };
  const work = {
    runtime,
    store: new Store(runtime, session.session),
    session,
    by: 'start',
    again: undefined,
    deadlineMs: Number.POSITIVE_INFINITY,
    signal,
    plant: () => undefined,
  };
  const standing = beginningOf(runtime.workflow.definition, input);
  await goOn(work, { kind: 'stands', standing, atMs: session.startedAtMs }, { frames: [] });
  if (collectsGarbage) await work.store.collectIfEnded();
  return session;
}

async function runtimeOf(deployed: DeployedWorkflow): Promise<Runtime> {
  const { clients, functionArns } = deployed;
  const arnOf = (key: string): string => {
    const arn = functionArns[key];
    if (arn !== undefined) return arn;
    const known = Object.keys(functionArns).join(', ');
    throw new ChoreographyError(`\${functions.${key}}: expected a function that was deployed (${known})`);
  };
  return {
    workflow: await readWorkflow(deployed.definition, arnOf),
    table: new DynamoTable(clients.dynamodb, deployed.tableName),
    objects: new S3Objects(async () => clients.s3, deployed.bucketName),
    invoke: lambdaInvoke(clients.lambda),
    clock: systemClock,
  };
}

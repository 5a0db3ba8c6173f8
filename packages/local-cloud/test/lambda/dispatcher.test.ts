import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteFunctionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startLambda, until } from './lambda-fixture.ts';

type Started = Awaited<ReturnType<typeof startLambda>>;

function queued({ environment }: Started): number {
  return Number(environment.database.prepare('SELECT count(*) AS n FROM lambda_events').get()?.['n']);
}

/** A handler that notes its runs in a file and lasts until the test lets it go. */
function gated() {
  const folder = temporaryFolder();
  const [witness, gate] = [join(folder, 'witness'), join(folder, 'gate')];
  writeFileSync(witness, '');
  return {
    code: `import { appendFileSync, existsSync } from 'node:fs';
      export const handler = async (event, { functionName }) => {
        appendFileSync(${JSON.stringify(witness)}, functionName + '\\n');
        while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 5)); };`,
    runs: () => readFileSync(witness, 'utf8').split('\n').slice(0, -1),
    open: () => writeFileSync(gate, ''),
  };
}

test('the many events of one function do not hold up the one of another', async () => {
  const started = await startLambda({ maximumConcurrency: 1 });
  const { code, runs, open } = gated();
  await started.create(code, { FunctionName: 'busy', Timeout: 60 });
  await started.create(code, { FunctionName: 'quiet', Timeout: 60 });
  const send = (FunctionName: string) => started.invoke({}, { FunctionName, InvocationType: 'Event' });
  await send('busy');
  await until(() => expect(runs()).toEqual(['busy']));
  for (let n = 0; n < 10; n += 1) await send('busy');
  await send('quiet');
  open();
  await until(() => expect(queued(started)).toBe(0));
  expect(runs()).toHaveLength(12);
  expect(runs().indexOf('quiet')).toBe(1);
});

test('an event that is older than its age but in hand wakes nobody', async () => {
  const sleptMs: number[] = [];
  const clock = new (class extends ManualClock {
    override sleep(durationMs: number, signal: AbortSignal): Promise<void> {
      sleptMs.push(durationMs);
      return super.sleep(durationMs, signal);
    }
  })();
  const started = await startLambda({ clock, maximumConcurrency: 1 });
  const { code, runs, open } = gated();
  await started.create(code, { Timeout: 900 });
  await started.client.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumEventAgeInSeconds: 60 }),
  );
  await started.invoke({}, { InvocationType: 'Event' });
  await until(() => expect(runs()).toHaveLength(1));
  clock.advance(61_000);
  sleptMs.length = 0;
  await started.invoke({}, { InvocationType: 'Event' });
  await until(() => expect(sleptMs).toEqual([60_001]));
  open();
  await until(() => expect(queued(started)).toBe(0));
});

test('a backlog that is given up is delivered a few at a time', async () => {
  const started = await startLambda();
  const { objects } = started;
  const write = objects.write.bind(objects);
  let [writing, most] = [0, 0];
  objects.write = async (...object) => {
    writing += 1;
    most = Math.max(most, writing);
    await new Promise(setImmediate);
    writing -= 1;
    return write(...object);
  };
  const { code, runs, open } = gated();
  await started.create(code, { Timeout: 60 });
  await started.client.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'fn',
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::records' } },
    }),
  );
  const reserve = (ReservedConcurrentExecutions: number) =>
    started.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions }),
    );
  await reserve(1);
  for (let n = 0; n <= 40; n += 1) await started.invoke({}, { InvocationType: 'Event' });
  await until(() => expect(runs()).toHaveLength(1));
  await reserve(0);
  await until(() => expect(objects.written.size).toBe(40));
  expect(most).toBe(16);
  open();
});

test('the retries of a deleted function do not reach a new one of its name', async () => {
  const started = await startLambda({ clock: new ManualClock() });
  await started.create('export const handler = async () => { throw new Error("on purpose"); };');
  await started.invoke({}, { InvocationType: 'Event' });
  const attempts = started.environment.database.prepare('SELECT attempts FROM lambda_events');
  await until(() => expect(attempts.get()?.['attempts']).toBe(1));
  await started.client.send(new DeleteFunctionCommand({ FunctionName: 'fn' }));
  expect(queued(started)).toBe(0);
});

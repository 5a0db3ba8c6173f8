import { PutObjectCommand } from '@aws-sdk/client-s3';
import { partKey } from '@skyground/image-processor';
import { describe, expect, it } from 'vitest';
import type { MasterEvent } from '../src/events.ts';
import type { StageContext } from '../src/stage.ts';
import { waitStage } from '../src/stages/wait.ts';
import { cloudWithBuckets } from './cloud-with-buckets.ts';
import { cloudRecord } from './records.ts';
import { runOptions, runState } from './run-states.ts';

const { runId } = runState();

async function waiting(images: readonly string[]) {
  const cloud = await cloudWithBuckets();
  const events: MasterEvent[] = [];
  const context: StageContext = {
    options: runOptions({ waitMs: 0 }),
    runId,
    images: images.map((name) => ({ name, path: `/images/${name}`, sizeBytes: 3 })),
    stages: ['wait'],
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    cloud: async () => cloud.side,
    state: () => runState({ uploadStartedMs: Date.now() }),
    updateState: async () => {},
    confirm: async () => false,
    width: 80,
    progress: () => {},
  };
  return {
    events,
    run: () => waitStage.run(context),
    comesBack: async (image: string) => {
      const key = `${runId}/in/1/${image}`;
      const part = { ...cloudRecord({ image, runId }), schemaVersion: 1, key, sequencer: '0055' };
      const Key = partKey({ kind: 'input', runId, repetition: 1, image }, part.sequencer);
      const command = new PutObjectCommand({
        Bucket: cloud.side.names.buckets.output,
        Key,
        Body: JSON.stringify(part),
      });
      await cloud.side.clients.s3.send(command);
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

describe('waiting for the cloud', () => {
  it('ends when every image has come back, each announced once', async () => {
    await using wait = await waiting(['a.jpg', 'b.jpg']);
    await wait.comesBack('a.jpg');
    await wait.comesBack('b.jpg');
    expect(await wait.run()).toBe('all 2 images came back');
    await wait.run();
    expect(wait.events.map(({ type }) => type)).toEqual(['imageFinished', 'imageFinished']);
  });

  it('shows what was uploaded before a stop as in flight', async () => {
    await using wait = await waiting(['a.jpg', 'b.jpg']);
    await wait.comesBack('a.jpg');
    await wait.run();
    const started = wait.events.filter(({ type }) => type === 'imageStarted');
    expect(started).toMatchObject([{ side: 'cloud', image: 'b.jpg' }]);
  });

  it('gives up with the names of what is missing, and that the function said nothing', async () => {
    const images = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}.jpg`);
    await using wait = await waiting(images);
    await wait.comesBack('a.jpg');
    expect(await wait.run()).toContain('1 of 7 images came back');
    expect(wait.events.filter(({ type }) => type === 'log')).toEqual([
      {
        type: 'log',
        level: 'error',
        message:
          "1/b.jpg, 1/c.jpg, 1/d.jpg, 1/e.jpg, 1/f.jpg never came back, and no log line names them. The function's last lines:\n" +
          '  nothing: it may never have been invoked',
      },
      { type: 'log', level: 'error', message: '1 more images never came back' },
    ]);
  });
});

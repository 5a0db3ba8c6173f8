import { createHash } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BRANCHES, type Branch } from '../src/branches.ts';
import { contour } from '../src/functions/contour.ts';
import { filters } from '../src/functions/filters.ts';
import type { FunctionContext } from '../src/functions/function-context.ts';
import { imageLoader } from '../src/functions/image-loader.ts';
import { thumbnail } from '../src/functions/thumbnail.ts';
import { transform } from '../src/functions/transform.ts';
import { testImage } from '../src/test-image/test-image.ts';
import type { BranchResult } from '../src/wire/branch.ts';
import type { Delay } from '../src/wire/delays.ts';
import { resultsOf, startTestCloud, type TestCloud } from './support/test-cloud.ts';
import { type TestContext, testContext } from './support/test-context.ts';

const RESULTS = 'pipeline-results';
const IMAGES = 'pipeline-images';
const KEY = 'a lake.jpg';
const functions: Readonly<
  Record<Branch, (input: unknown, context: FunctionContext) => Promise<BranchResult>>
> = { thumbnail, transform, filters, contour };

let cloud: TestCloud;
let image: Buffer;

beforeAll(async () => {
  cloud = await startTestCloud();
  image = await testImage({ widthPx: 160, heightPx: 90 });
  for (const Bucket of [RESULTS, IMAGES]) await cloud.clients.s3.send(new CreateBucketCommand({ Bucket }));
  await upload(KEY, image);
});

afterAll(() => cloud.stop());

async function upload(Key: string, Body: Buffer): Promise<void> {
  await cloud.clients.s3.send(new PutObjectCommand({ Bucket: IMAGES, Key, Body }));
}

function context(): TestContext {
  return testContext(cloud.clients, RESULTS);
}

const workflowInput = (session: string, about: object = {}) => ({
  session,
  image: { bucket: IMAGES, key: KEY },
  ...about,
});

async function branchInput(session: string, delay: Delay = { kind: 'add', delayMs: 0 }, about: object = {}) {
  const { delays: _delays, ...rest } = await imageLoader(workflowInput(session, about), context());
  return { ...rest, delay };
}

describe('ImageLoader', () => {
  const source = () => ({
    format: 'jpeg',
    widthPx: 160,
    heightPx: 90,
    sizeBytes: image.byteLength,
    sha256: createHash('sha256').update(image).digest('hex'),
  });

  it('says what the image is, and hands on where it lies', async () => {
    expect(await imageLoader(workflowInput('s'), context())).toEqual({
      session: 's',
      source: source(),
      image: { kind: 'key', bucket: IMAGES, key: KEY },
      delays: { kind: 'add', thumbnailMs: 0, transformMs: 0, filtersMs: 0, contourMs: 0 },
    });
  });

  it('hands on the image itself where that is asked for', async () => {
    const delays = { kind: 'pad-to', thumbnailMs: 100, transformMs: 200, filtersMs: 350, contourMs: 1400 };
    const loaded = await imageLoader(workflowInput('s', { passing: 'inline', delays }), context());
    expect(loaded).toEqual({
      session: 's',
      source: source(),
      image: { kind: 'inline', base64: image.toString('base64') },
      delays,
    });
  });

  it('refuses an image too large for the data of a state, but not its key', async () => {
    await upload('large.jpg', await testImage({ widthPx: 1600, heightPx: 900 }));
    const about = { image: { bucket: IMAGES, key: 'large.jpg' } };
    await expect(imageLoader(workflowInput('s', { ...about, passing: 'inline' }), context())).rejects.toThrow(
      /^large\.jpg: expected at most 180,000 bytes to be passed inline but received/,
    );
    await imageLoader(workflowInput('s', about), context());
  });

  it('refuses what is no image, and what is not there', async () => {
    await upload('notes.jpg', Buffer.from('not a picture'));
    const load = (bucket: string, key: string) =>
      imageLoader(workflowInput('s', { image: { bucket, key } }), context());
    await expect(load(IMAGES, 'notes.jpg')).rejects.toMatchObject({
      name: 'ImagingError',
      code: 'wrong-extension',
    });
    for (const [bucket, key] of [
      [IMAGES, 'nothing.jpg'],
      ['no-such-bucket', KEY],
    ] as const) {
      await expect(load(bucket, key)).rejects.toMatchObject({
        name: 'PipelineError',
        message: `s3://${bucket}/${key}: expected an object, but there is none.`,
      });
    }
  });

  it.each([
    [{ session: '../other' }],
    [{ session: '' }],
    [{ passing: 'by post' }],
    [{ mode: 'CLASSIC' }],
    [{ image: { bucket: IMAGES } }],
    [{ delays: { kind: 'add', thumbnailMs: 1 } }],
    [{ delays: { kind: 'add', thumbnailMs: 30_001, transformMs: 0, filtersMs: 0, contourMs: 0 } }],
  ])('refuses the input %j', async (about) => {
    await expect(imageLoader(workflowInput('s', about), context())).rejects.toThrow();
  });
});

describe.each(BRANCHES)('the branch %s', (branch) => {
  const run = functions[branch];

  it('writes its pictures and a strip of them, and answers what they are', async () => {
    const session = `of-${branch}`;
    const result = await run(await branchInput(session), context());
    const written = await resultsOf(cloud.clients, RESULTS, session);

    expect(result.branch).toBe(branch);
    const objects = [...result.pictures, result.strip];
    expect([...written.keys()].sort()).toEqual(objects.map(({ name }) => name).sort());
    for (const { name, key, sha256, sizeBytes } of objects) {
      const bytes = written.get(name) ?? Buffer.alloc(0);
      expect(key).toBe(`sessions/${session}/${name}`);
      expect([sha256, sizeBytes]).toEqual([
        createHash('sha256').update(bytes).digest('hex'),
        bytes.byteLength,
      ]);
    }
    expect(
      result.pictures.map(({ operation, widthPx, heightPx }) => `${operation} ${widthPx}x${heightPx}`),
    ).toEqual(PICTURES[branch]);
  });

  it('writes the same bytes in another session, of an image passed inline', async () => {
    const byKey = await run(await branchInput(`key-${branch}`), context());
    const inline = await branchInput(`inline-${branch}`, undefined, { passing: 'inline' });
    const before = JSON.stringify(byKey);
    expect(JSON.stringify(await run(inline, context()))).toBe(before.replaceAll('/key-', '/inline-'));
  });

  it('refuses an image that was overwritten since it was loaded', async () => {
    const key = `${branch}.jpg`;
    await upload(key, image);
    const input = await branchInput('s', undefined, { image: { bucket: IMAGES, key } });
    await upload(key, await testImage({ widthPx: 100, heightPx: 50 }));
    await expect(run(input, context())).rejects.toThrow(
      /^s3:\/\/pipeline-images\/\w+\.jpg: expected the bytes that an earlier function of this run saw/,
    );
  });
});

const PICTURES: Readonly<Record<Branch, readonly string[]>> = {
  thumbnail: ['thumbnail-128 128x72'],
  transform: [
    'rotate-90 90x160',
    'rotate-180 160x90',
    'rotate-270 90x160',
    'flip-horizontal 160x90',
    'flip-vertical 160x90',
    'transpose 90x160',
    'rotate-45 160x90',
  ],
  filters: ['gaussian 160x90', 'sharpen 160x90', 'smooth 160x90', 'detail 160x90', 'edge-enhance 160x90'],
  contour: [
    'contour 160x90',
    'find-edges 160x90',
    'emboss 160x90',
    'laplacian 160x90',
    'sobel 160x90',
    'canny 160x90',
  ],
};

describe('an injected delay', () => {
  it('that is added is waited for after the work', async () => {
    const at = context();
    await thumbnail(await branchInput('delayed', { kind: 'add', delayMs: 4_000 }), at);
    expect(at.sleptMs).toEqual([4_000]);
  });

  it('that is padded to counts from the begin of the function', async () => {
    const at = context();
    const worked = { ...at, clock: { ...at.clock, steadyMs: steps([0, 900, 1_400]) } };
    await thumbnail(await branchInput('delayed', { kind: 'pad-to', delayMs: 1_400 }), worked);
    expect(at.sleptMs).toEqual([500]);
  });

  it('is not waited for by a function that has run longer', async () => {
    const at = context();
    const worked = { ...at, clock: { ...at.clock, steadyMs: steps([0, 1_401]) } };
    await thumbnail(await branchInput('delayed', { kind: 'pad-to', delayMs: 1_400 }), worked);
    expect(at.sleptMs).toEqual([]);
  });

  it('is waited for to its end where a timer ends early', async () => {
    const at = context();
    const early = { ...at, clock: { ...at.clock, steadyMs: steps([0, 0, 0, 99.5, 100]) } };
    await thumbnail(await branchInput('delayed', { kind: 'add', delayMs: 100 }), early);
    expect(at.sleptMs).toEqual([100, 1]);
  });
});

/** A clock that shows these readings one after the other, and then the last one. */
function steps(readings: readonly number[]): () => number {
  let next = 0;
  return () => {
    const reading = readings[Math.min(next, readings.length - 1)] ?? 0;
    next += 1;
    return reading;
  };
}

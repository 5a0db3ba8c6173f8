import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { FutureInput } from '@skyground/choreography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contour } from '../src/functions/contour.ts';
import { filters } from '../src/functions/filters.ts';
import type { FunctionContext } from '../src/functions/function-context.ts';
import { imageLoader } from '../src/functions/image-loader.ts';
import { publisher } from '../src/functions/publisher.ts';
import { thumbnail } from '../src/functions/thumbnail.ts';
import { transform } from '../src/functions/transform.ts';
import { testImage } from '../src/test-image/test-image.ts';
import type { BranchResult } from '../src/wire/branch.ts';
import type { Source } from '../src/wire/image.ts';
import { resultsOf, startTestCloud, type TestCloud } from './support/test-cloud.ts';
import { testContext } from './support/test-context.ts';

const BUCKET = 'publisher-bucket';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
  const { s3 } = cloud.clients;
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const Body = await testImage({ widthPx: 96, heightPx: 54 });
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'lake.jpg', Body }));
});

afterAll(() => cloud.stop());

const context = () => testContext(cloud.clients, BUCKET);

interface Finished {
  readonly session: string;
  readonly source: Source;
  readonly branches: readonly BranchResult[];
}

/** A session whose branches have finished. */
async function finished(session: string): Promise<Finished> {
  const at = context();
  const { source, image } = await imageLoader({ session, image: { bucket: BUCKET, key: 'lake.jpg' } }, at);
  const input = { session, source, image, delay: { kind: 'add', delayMs: 0 } };
  const run = (branch: (input: unknown, context: FunctionContext) => Promise<BranchResult>) =>
    branch(input, at);
  return { session, source, branches: await Promise.all([thumbnail, transform, filters, contour].map(run)) };
}

const published = async (session: string) => {
  const results = await resultsOf(cloud.clients, BUCKET, session);
  return new Map([...results].filter(([name]) => /^(partial|final)\//.test(name)));
};

const manifestSchema = z.looseObject({
  branches: z.record(z.string(), z.unknown()),
  missing: z.array(z.string()),
});

/** Which branches a manifest has, and which it says are missing. */
function told(manifest: Buffer | undefined) {
  const { branches, missing } = manifestSchema.parse(JSON.parse(manifest?.toString() ?? ''));
  return { branches: Object.keys(branches), missing };
}

/** A branch that has not finished until it is told to. */
function future(value: BranchResult, branch: number) {
  const { promise, resolve, reject } = Promise.withResolvers<BranchResult>();
  return {
    input: new FutureInput(
      branch,
      () => false,
      () => promise,
    ),
    finish: () => resolve(value),
    fail: (reason: Error) => reject(reason),
  };
}

describe('the Publisher', () => {
  it('publishes a manifest and a contact sheet that are the same in every session', async () => {
    const [one, two] = [await finished('one'), await finished('two')];
    const answer = await publisher(one, context());
    await publisher(two, context());
    const [first, second] = [await published('one'), await published('two')];

    expect([...first.keys()]).toEqual(['final/contact-sheet.jpg', 'final/manifest.json']);
    expect(second).toEqual(first);
    expect(answer).toMatchObject({
      manifest: { key: 'sessions/one/final/manifest.json' },
      contactSheet: { key: 'sessions/one/final/contact-sheet.jpg' },
    });
    expect(told(first.get('final/manifest.json'))).toEqual({
      branches: ['contour', 'filters', 'thumbnail', 'transform'],
      missing: [],
    });
  });

  it('takes futures that have all resolved as it takes the values', async () => {
    const { branches, ...rest } = await finished('resolved');
    const at = context();
    await publisher(
      {
        ...rest,
        branches: branches.map(
          (value, branch) =>
            new FutureInput(
              branch,
              () => true,
              async () => value,
            ),
        ),
      },
      at,
    );
    expect([...(await published('resolved')).keys()]).toEqual([
      'final/contact-sheet.jpg',
      'final/manifest.json',
    ]);
    expect(at.logged).toMatchObject([{ published: { kind: 'final' } }]);
  });

  it('first publishes what is there, then everything, byte by byte as in one go', async () => {
    const reference = await finished('reference');
    await publisher(reference, context());
    const { branches, ...rest } = await finished('futures');
    const futures = branches.map(future);
    const { promise: partialIsThere, resolve: onPartial } = Promise.withResolvers<void>();
    const at = context();
    const inputs = branches.map((value, index) => (index === 0 ? value : futures[index]?.input));
    const publishing = publisher(
      { ...rest, branches: inputs },
      { ...at, log: (line) => [at.log(line), onPartial()] },
    );

    await partialIsThere;
    const partly = await published('futures');
    expect([...partly.keys()]).toEqual(['partial/contact-sheet.jpg', 'partial/manifest.json']);
    expect(told(partly.get('partial/manifest.json'))).toEqual({
      branches: ['thumbnail'],
      missing: ['transform', 'filters', 'contour'],
    });

    for (const { finish } of futures.toReversed()) finish();
    const answer = await publishing;
    const complete = await published('futures');
    for (const [name, bytes] of await published('reference')) expect(complete.get(name)).toEqual(bytes);
    expect(answer.manifest.name).toBe('final/manifest.json');
    expect(at.logged).toEqual([
      {
        published: { session: 'futures', kind: 'partial', branches: ['thumbnail'], atMs: 1_795_000_001_000 },
      },
      {
        published: {
          session: 'futures',
          kind: 'final',
          branches: ['thumbnail', 'transform', 'filters', 'contour'],
          atMs: 1_795_000_001_000,
        },
      },
    ]);
  });

  it('run again finds its own bytes there', async () => {
    const session = await finished('again');
    const answer = await publisher(session, context());
    expect(await publisher(session, context())).toEqual(answer);
  });

  it('never overwrites another complete result', async () => {
    const session = await finished('taken');
    const Key = 'sessions/taken/final/manifest.json';
    await cloud.clients.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'something else' }));
    await expect(publisher(session, context())).rejects.toThrow(
      /^s3:\/\/publisher-bucket\/sessions\/taken\/final\/manifest\.json: expected the bytes of this run/,
    );
    expect((await published('taken')).get('final/manifest.json')?.toString()).toBe('something else');
  });

  it('publishes nothing complete where a branch fails', async () => {
    const { branches, ...rest } = await finished('failing');
    const futures = branches.map(future);
    const publishing = publisher({ ...rest, branches: futures.map(({ input }) => input) }, context());
    futures[2]?.fail(new Error('filters were lost'));
    await expect(publishing).rejects.toThrow('filters were lost');
    expect(await published('failing')).toEqual(new Map());
  });

  it('refuses one branch twice, too few, and a strip that is not the one answered', async () => {
    const { branches, ...rest } = await finished('wrong');
    const [first, second, third] = branches;
    await expect(publisher({ ...rest, branches: [first, second, third, first] }, context())).rejects.toThrow(
      'Publisher: expected one result of each of thumbnail, transform, filters, contour, received thumbnail, transform, filters, thumbnail.',
    );
    await expect(publisher({ ...rest, branches: [first] }, context())).rejects.toThrow();
    const Key = 'sessions/wrong/contour/strip.png';
    await cloud.clients.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'other bytes' }));
    await expect(publisher({ ...rest, branches }, context())).rejects.toThrow(
      /^s3:\/\/publisher-bucket\/sessions\/wrong\/contour\/strip\.png: expected the bytes that an earlier function/,
    );
  });
});

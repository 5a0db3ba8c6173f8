import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askBlockWidth } from '../../src/doctor/ask-block-width.ts';
import { diskCheck } from '../../src/doctor/checks/disk.ts';
import { folderChecks } from '../../src/doctor/checks/folders.ts';
import { fontsCheck } from '../../src/doctor/checks/fonts.ts';
import { imagesCheck } from '../../src/doctor/checks/images.ts';
import { pricesCheck } from '../../src/doctor/checks/prices.ts';
import { sharpCheck } from '../../src/doctor/checks/sharp.ts';
import { surroundingsIn } from './surroundings.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'skyground-doctor-test-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

const signal = new AbortController().signal;

it('sharp and the fonts of this machine work', async () => {
  using surroundings = surroundingsIn(dir, {});
  expect(await sharpCheck.run(surroundings, signal)).toMatchObject({
    status: 'ok',
    seen: expect.stringMatching(/^\d\S+ with libvips \d\S+, processes a pixel$/),
  });
  expect(await fontsCheck.run(surroundings, signal)).toMatchObject({
    status: 'ok',
    seen: expect.stringMatching(/^DejaVuSans\.ttf.*\([1-9]\d* dark pixels\)$/),
  });
});

it('the price table is that of the region in which AWS will bill, also where the profile names it', async () => {
  await writeFile(
    join(dir, 'config'),
    '[profile far]\nregion = me-south-1\n[profile near]\nregion = eu-west-3\n',
  );
  vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
  vi.stubEnv('AWS_REGION', undefined);
  const judged = async (profile: string) => {
    using surroundings = surroundingsIn(dir, { target: 'aws', flags: { profile } });
    return await pricesCheck.run(surroundings, signal);
  };

  expect(await judged('far')).toMatchObject({
    status: 'warning',
    seen: expect.stringContaining('no sourced prices for me-south-1'),
  });
  expect(await judged('near')).toMatchObject({
    status: 'ok',
    seen: expect.stringMatching(/^prices of eu-west-3 read on /),
  });
});

describe('images', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

  async function judged() {
    using surroundings = surroundingsIn(dir, {});
    return await imagesCheck.run(surroundings, signal);
  }

  it('a folder that is not there, and an empty one', async () => {
    expect(await judged()).toMatchObject({
      status: 'problem',
      seen: expect.stringContaining('readable folder'),
    });
    await mkdir(join(dir, 'images'));
    expect(await judged()).toMatchObject({
      status: 'problem',
      seen: expect.stringContaining('at least one image'),
    });
  });

  it('each that will fail is named, by what its bytes say and not its name', async () => {
    const images = join(dir, 'images');
    await mkdir(images);
    await writeFile(join(images, 'good.jpg'), jpeg);
    expect(await judged()).toMatchObject({ status: 'ok', seen: expect.stringMatching(/^1 in /) });

    await writeFile(join(images, 'empty.png'), '');
    await writeFile(join(images, 'page.jpg'), '<!doctype html><p>sign in</p>');
    await writeFile(join(images, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(images, `${'long'.repeat(60)}.jpg`), jpeg);
    const { status, seen } = await judged();

    expect(status).toBe('warning');
    expect(seen).toMatch(
      /5 in .* of which 3 will fail: drawing\.svg: .*SVG; empty\.png: .*; page\.jpg: .*HTML/,
    );
  });

  it('names five and counts the rest; none that works is a problem', async () => {
    const images = join(dir, 'images');
    await mkdir(images);
    for (let n = 0; n < 8; n += 1) await writeFile(join(images, `${n}.txt`), 'text');

    expect(await judged()).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(/8 will fail: 0\.txt: .*4\.txt: .*; and 3 more$/),
    });
  });
});

describe('folders', () => {
  it('that can be made, that are there, and whose way a file or the system bars', async () => {
    await mkdir(join(dir, 'metrics'));
    await writeFile(join(dir, 'results'), 'a file');
    await symlink('/proc', join(dir, 'output'));
    using surroundings = surroundingsIn(dir, {});
    const judged = await Promise.all(folderChecks.map((check) => check.run(surroundings, signal)));

    expect(judged.map(({ status, seen }) => `${status}: ${seen.replaceAll(dir, '')}`)).toEqual([
      'ok: /metrics is writable',
      expect.stringMatching(/^problem: expected a writable folder but \/results is not \(ENOTDIR/),
      expect.stringMatching(/^problem: expected a writable folder but \/output is not \(/),
      'ok: /state can be made',
    ]);
    expect(await readdir(join(dir, 'metrics'))).toEqual([]);
  });

  it('the disk is that of the nearest folder that is there', async () => {
    await mkdir(join(dir, 'images'));
    using surroundings = surroundingsIn(dir, {});

    expect(await diskCheck.run(surroundings, signal)).toMatchObject({
      status: expect.stringMatching(/ok|problem/),
      seen: expect.stringContaining('100.0 MB'),
    });
  });
});

describe('the width of a block', () => {
  /** A terminal that answers with these chunks, or never. */
  function terminal(...answers: readonly string[]) {
    const seen: (string | boolean)[] = [];
    const input = Object.assign(new EventEmitter(), {
      setRawMode: (isRaw: boolean) => seen.push(isRaw) > 0 && input,
      pause: () => input,
      resume: () => {
        for (const answer of answers) queueMicrotask(() => input.emit('data', Buffer.from(answer)));
        return input;
      },
    });
    const output = { write: (text: string) => seen.push(text) };
    return { seen, input, output };
  }

  it.each([
    ['one column', ['\x1b[5;2R'], 1],
    ['two columns, behind a key that was pressed, in pieces', ['x\x1b[5', ';3R'], 2],
  ])('%s', async (_, answers, width) => {
    const { seen, ...streams } = terminal(...answers);

    // @ts-expect-error A stream of this test has the members that are used, and no others.
    expect(await askBlockWidth(streams, signal)).toBe(width);
    expect(seen).toEqual([true, '\r█\x1b[6n', false, '\r\x1b[K']);
    expect(streams.input.listenerCount('data')).toBe(0);
  });

  it('a terminal that does not answer is left as it was', async () => {
    const { seen, ...streams } = terminal();
    const stop = new AbortController();
    // @ts-expect-error As above.
    const asked = askBlockWidth(streams, stop.signal);
    stop.abort();

    expect(await asked).toBeUndefined();
    expect(seen.at(-1)).toBe('\r\x1b[K');
  });
});

import { expect, test } from 'vitest';
import { cleanUp } from '../../src/experiment/cloud/clean-up.ts';

const refused = (why: string) => () => Promise.reject(new Error(why));

test('one step that fails keeps no other from being done, and all failures are told', async () => {
  const done: string[] = [];
  const step = (name: string) => async () => void done.push(name);
  const cleaning = cleanUp([step('a'), refused('throttled'), step('b'), refused('gone'), step('c')]);
  await expect(cleaning).rejects.toThrow(/restored: throttled; gone\. .* destroy:experiment/);
  expect(done).toEqual(['a', 'b', 'c']);
});

test('nothing is said where all are done', async () => {
  await expect(cleanUp([async () => undefined])).resolves.toBeUndefined();
});

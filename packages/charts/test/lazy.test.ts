import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const LOADED_MODULES = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  await import('./src/index.ts');
  process.stdout.write(JSON.stringify(loaded));
`;

test('importing the package loads neither vega nor resvg: a command that draws nothing stays fast', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', LOADED_MODULES],
    {
      cwd: new URL('..', import.meta.url),
    },
  );
  expect(stdout).toContain('charts/src/charts/all.ts');
  expect(stdout).not.toMatch(/vega|resvg/);
});

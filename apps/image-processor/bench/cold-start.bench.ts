// Cold start of this app's own bundle in the embedded cloud against a bare Node that loads the same bundle. The measuring is the
// embedded cloud's own bench, a program of its own; this one hands it the package as deploy would make it.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunction, loadSettings } from '@skyground/cloud';
import { OUTPUT_BUCKET_VARIABLE } from '../src/environment.ts';
import { imageProcessorDeclaration } from '../src/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'skyground-bench-'));
try {
  const settings = loadSettings({ flags: { target: 'local' }, environment: {}, directory: folder });
  const target = { kind: 'local', label: 'cloud (local)', region: 'us-east-1' } as const;
  const { functions, platform } = imageProcessorDeclaration(settings, target);
  const { entryPoint, environment } = functions.main;
  const { zip } = await bundleFunction(entryPoint, platform);
  const path = join(folder, 'image-processor.zip');
  await writeFile(path, zip);
  const bench = fileURLToPath(
    new URL('../../../packages/local-cloud/bench/lambda.bench.ts', import.meta.url),
  );
  const { status } = spawnSync(process.execPath, [bench], {
    stdio: 'inherit',
    env: {
      ...process.env,
      BENCH_LAMBDA_ZIP: path,
      BENCH_LAMBDA_VARIABLES: JSON.stringify({ ...environment, [OUTPUT_BUCKET_VARIABLE]: 'bench' }),
    },
  });
  process.exitCode = status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

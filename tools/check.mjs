// Every static gate, one line each, all of them even if an early one fails. Exit code 1 if any failed.
import { spawnSync } from 'node:child_process';

/** @type {[name: string, command: string, args: string[]][]} */
const gates = [
  ['types', 'node', ['tools/turbo.mjs', 'run', 'types', '--output-logs=errors-only', '--concurrency=2']],
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['type-aware lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']],
  ['boundaries', 'node', ['tools/turbo.mjs', 'boundaries']],
  ['unused code', 'knip', ['--no-progress']],
];

let failed = 0;
for (const [name, command, args] of gates) {
  const startedMs = Date.now();
  const result = spawnSync(command, args, { encoding: 'utf8' });
  const ok = result.status === 0;
  if (!ok) failed += 1;
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(`${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`);
}
console.log(`check: ${gates.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

// Adds up what the test runners and the static gates printed, and closes the CI run with `N passed, N failed`.
// Usage: node tools/count.mjs LOG EXIT_CODE...
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const [logFile, ...exitCodes] = process.argv.slice(2);
const lines = stripVTControlCharacters(readFileSync(logFile, 'utf8')).split('\n');

let passed = 0;
let failed = 0;
for (const line of lines) {
  // Vitest: `Tests  1 failed | 12 passed (13)`; tools/check.mjs: `check: 5 passed, 0 failed`.
  if (!/^(?:\S+: )?\s*Tests\s+\d|^check: \d/.test(line)) continue;
  passed += Number(/(\d+) passed/.exec(line)?.[1] ?? 0);
  failed += Number(/(\d+) failed/.exec(line)?.[1] ?? 0);
}
// A command that failed without a failed test (a crash, a suite that did not load) must not look green.
if (exitCodes.some((code) => code !== '0') && failed === 0) failed = 1;
// The reason would otherwise stand thousands of lines up, where a log that keeps only its end has lost it.
const linesOfAFailure = 25;
for (const [index, line] of lines.entries()) {
  if (!/^(?:\S+: )?\s*FAIL\s/.test(line)) continue;
  console.log(lines.slice(index, index + linesOfAFailure).join('\n'));
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

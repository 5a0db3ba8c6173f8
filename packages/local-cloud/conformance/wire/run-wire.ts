import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isObject } from '../compare/json-text.ts';
import { recordingsFolder } from '../recorded-case.ts';
import type { CaseResult } from '../run/case-result.ts';
import { WIRE_RULES } from './judges.ts';

const packageFolder = resolve(import.meta.dirname, '../..');
const reportSchema = z.looseObject({
  testResults: z.array(
    z.looseObject({
      /** Path of the file. */
      name: z.string(),
      /** Why the file itself could not be run. */
      message: z.string(),
      assertionResults: z.array(z.looseObject({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Entries of shapes.json as `group/member/name`; undefined where the recordings are absent. */
export function wireEntries(): string[] | undefined {
  const file = resolve(recordingsFolder(), 'wire/shapes.json');
  if (!existsSync(file)) return undefined;
  const groups = z
    .record(z.string(), z.record(z.string(), z.json()))
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.entries(groups).flatMap(([group, members]) =>
    group === 'source'
      ? []
      : Object.entries(members).flatMap(([member, entries]) =>
          isObject(entries) ? Object.keys(entries).map((name) => `${group}/${member}/${name}`) : [],
        ),
  );
}

/** Runs the tests that judge the recorded wire shapes, and tells of each entry what its test said. */
export function runWire(entries: readonly string[]): CaseResult[] {
  const names = WIRE_RULES.flatMap(({ verdict }) => ('file' in verdict ? [verdict.file] : []));
  const files = runTests([...new Set(names)]);
  return entries.map((id) => {
    const group = `wire: ${id.split('/')[0]}`;
    const common = { id, group, isSelfContained: false };
    const rule = WIRE_RULES.find(({ entry }) => entry.test(id));
    if (rule === undefined) return { ...common, kind: 'failed', reason: 'no test judges this entry' };
    if ('notApplicable' in rule.verdict) {
      return { ...common, kind: 'not applicable', reason: rule.verdict.notApplicable };
    }
    const { file, title } = rule.verdict;
    const name = id.split('/').slice(2).join('/');
    const expected = title.replace('{name}', () => name);
    const ran = files.find((each) => each.name.endsWith(file));
    const test = ran?.assertionResults.find(({ fullName }) => fullName.endsWith(expected));
    const status = test?.status ?? `no test "${expected}" (${ran?.message || 'the file ran'})`;
    return { ...common, kind: 'tested', failure: status === 'passed' ? undefined : `${file}: ${status}` };
  });
}

function runTests(files: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'skyground-wire-'));
  const report = join(folder, 'report.json');
  try {
    spawnSync('vitest', ['run', ...files, '--reporter=json', `--outputFile=${report}`], {
      cwd: packageFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, SKYGROUND_RECORDINGS: recordingsFolder() },
    });
    if (!existsSync(report)) throw new Error(`vitest wrote no report for ${files.join(', ')}.`);
    return reportSchema.parse(JSON.parse(readFileSync(report, 'utf8'))).testResults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

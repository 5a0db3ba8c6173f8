import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { choiceRuleSchema, matchesRule } from '../../src/expressions/choice-rule.ts';

const folder =
  process.env['SKYGROUND_RECORDINGS'] ??
  join(dirname(fileURLToPath(import.meta.url)), '../../../../../shared/recordings');
const file = join(folder, 'step-functions/cases.jsonl');

const state = z.looseObject({ Choices: z.array(z.looseObject({ Next: z.string() })), Default: z.string() });
const comparison = z.object({
  id: z.string(),
  kind: z.literal('comparison'),
  definition: z.object({ States: z.looseObject({ CheckValues: state }) }),
  input: z.json(),
  expected: z.object({ output: z.record(z.string(), z.string()) }),
});

test.skipIf(!existsSync(file))(
  'answers every recorded comparison as Step Functions did (skipped: recordings not found)',
  () => {
    const wrong: string[] = [];
    let count = 0;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!line.includes('"kind":"comparison"')) continue;
      const { id, definition, input, expected } = comparison.parse(JSON.parse(line));
      const { Choices, Default } = definition.States.CheckValues;
      const chosen = Choices.find(({ Next: _next, ...rule }) =>
        matchesRule(choiceRuleSchema.parse(rule), { input, context: {}, variables: {} }),
      );
      count++;
      if ((chosen?.Next ?? Default) !== expected.output['TestResult.$']) wrong.push(id);
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(240);
  },
);

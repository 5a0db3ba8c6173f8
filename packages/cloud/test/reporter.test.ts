import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

import { createReporter } from '../src/cli/reporter.ts';

describe('what a command says', () => {
  it('has a line for each resource and one below it for each change', async () => {
    const out = new PassThrough();
    const report = createReporter('lab', false, out);
    const step = { type: 'HTTP API', name: 'sky-lab' } as const;
    report.deployStep({ ...step, outcome: 'created', changes: ['GET /a', 'POST /b'] }, 'planned');
    report.deployStep({ ...step, outcome: 'unchanged', changes: [] }, 'done');
    report.destroyStep({ ...step, outcome: 'kept', detail: 'not tagged as ours' }, 'done');
    out.end();

    expect(await text(out)).toBe(
      '  create     HTTP API       sky-lab\n' +
        '             GET /a\n' +
        '             POST /b\n' +
        '  unchanged  HTTP API       sky-lab\n' +
        '  kept       HTTP API       sky-lab\n' +
        '             not tagged as ours\n',
    );
  });
});

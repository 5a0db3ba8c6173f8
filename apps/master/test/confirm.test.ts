import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { makeConfirm } from '../src/confirm.ts';
import { StopRequested, UsageError } from '../src/errors.ts';

function asking(change: { yes?: boolean; interactive?: boolean } = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  const stop = new AbortController();
  return {
    input,
    output,
    stop,
    confirm: makeConfirm({ yes: false, interactive: true, signal: stop.signal, input, output, ...change }),
  };
}

describe('asking in a plain terminal', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
  ])('takes %j for %s', async (typed, expected) => {
    const { input, output, confirm } = asking();
    const answer = confirm('Delete them?');
    input.write(typed);
    expect(await answer).toBe(expected);
    output.end();
    expect(await text(output)).toBe('Delete them? [y/N] ');
  });

  it('takes the end of the input for no', async () => {
    const { input, confirm } = asking();
    const answer = confirm('Delete them?');
    input.end();
    expect(await answer).toBe(false);
  });

  it('needs no answer with --yes, and cannot get one without a terminal', async () => {
    expect(await asking({ yes: true, interactive: false }).confirm('Delete them?')).toBe(true);
    await expect(asking({ interactive: false }).confirm('Delete them?')).rejects.toThrow(UsageError);
  });

  it('ends with the run', async () => {
    const { stop, confirm } = asking();
    const answer = confirm('Delete them?');
    stop.abort(new StopRequested());
    await expect(answer).rejects.toThrow();
    await expect(confirm('Again?')).rejects.toThrow(StopRequested);
  });
});

import { CloudUsageError, createClients } from '@skyground/cloud';
import { describe, expect, it } from 'vitest';
import { StageError, StopRequested, UsageError } from '../src/errors.ts';
import { explained, outcomeOfError, outcomeOfVerdict, resumeCommand } from '../src/outcome.ts';

const running = new AbortController().signal;

describe('how a run ends', () => {
  it.each([
    [new UsageError('wrong'), 2],
    [new CloudUsageError('wrong'), 2],
    [new StageError('wrong', 'Try this.'), 1],
    [new TypeError('wrong'), 1],
    ['wrong', 1],
  ])('with %s: exit code %d', (error, exitCode) => {
    const outcome = outcomeOfError(error, running, 'resume it');
    expect(outcome).toMatchObject({
      exitCode,
      message: expect.stringMatching(/^wrong.* `resume it` goes on/),
    });
    expect(outcomeOfError(error, running, undefined).message).not.toContain('goes on');
  });

  it('with 130 whatever broke on the way, once it was told to stop', () => {
    const stop = new AbortController();
    stop.abort(new StopRequested());
    expect(outcomeOfError(new TypeError('aborted'), stop.signal, 'resume it')).toMatchObject({
      exitCode: 130,
    });
    expect(outcomeOfError(new TypeError('aborted'), stop.signal, undefined).message).toContain(
      'nothing for --resume',
    );
  });

  it('with 0 or 3 by the verdict', () => {
    expect([undefined, true, false].map((valid) => outcomeOfVerdict(valid).exitCode)).toEqual([0, 0, 3]);
  });

  it('with the command to type, whatever the folder is called', () => {
    expect(resumeCommand("/data/it's here")).toBe(
      `npm run master -- --resume --output '/data/it'\\''s here'`,
    );
  });
});

describe('an embedded cloud that is gone', () => {
  it('is named, with its last words', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const clients = createClients({
      kind: 'local',
      label: 'cloud (local)',
      endpoint: 'http://127.0.0.1:9',
      region: 'us-east-1',
      credentials,
      cpuShare: { kind: 'off' },
    });
    const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', $metadata: {} });
    const told = await explained(error, { clients, lastLines: ['out of memory'] });
    clients.destroy();
    expect(told).toBeInstanceOf(StageError);
    expect(told).toMatchObject({
      message:
        'The embedded cloud at http://127.0.0.1:9 has ended in the middle of the run.\n  It printed:\n  out of memory',
    });
    expect(await explained(new TypeError('ours'), undefined)).toMatchObject({ message: 'ours' });
  });
});

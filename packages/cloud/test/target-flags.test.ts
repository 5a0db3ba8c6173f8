import { Command } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { addTargetFlags } from '../src/cli/cli.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function stateOf(variable: string | undefined, ...flags: readonly string[]): unknown {
  vi.stubEnv('SKYGROUND_STATE_DIR', variable);
  const command = new Command();
  addTargetFlags(command);
  return command.parse(flags, { from: 'user' }).opts()['state'];
}

it('the state folder is that of the flag, else of SKYGROUND_STATE_DIR, as experiments have it', () => {
  expect(stateOf('/moved', '--state', '/named')).toBe('/named');
  expect(stateOf('/moved')).toBe('/moved');
});

it('an empty SKYGROUND_STATE_DIR is none', () => {
  expect(stateOf('')).toBeUndefined();
  expect(stateOf(undefined)).toBeUndefined();
});

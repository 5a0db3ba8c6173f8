import { parseDefinition } from '@skyground/asl';
import { loadSettings, type TargetChoice } from '@skyground/cloud';
import { describe, expect, it } from 'vitest';

import { deployableDeclaration, orchestrationDeclaration } from '../src/declaration.ts';

const LOCAL: TargetChoice = { kind: 'local', label: 'cloud (local)' };
const AWS: TargetChoice = { kind: 'aws', label: 'AWS', region: 'eu-central-1', profile: undefined };

function settingsOf(flags: { readonly reservedConcurrency?: number }) {
  return loadSettings({ flags, environment: {}, directory: '/' });
}

function concurrency(target: TargetChoice, flags: { readonly reservedConcurrency?: number } = {}) {
  const declaration = orchestrationDeclaration(settingsOf(flags), target, { lengths: [1], widths: [2, 50] });
  return declaration.functions.probe.reservedConcurrency;
}

describe('what the app declares', () => {
  it('reserves environments for the widest Parallel on the embedded cloud, and elsewhere only what is asked for', () => {
    expect(concurrency(LOCAL)).toBe(54);
    expect(concurrency(LOCAL, { reservedConcurrency: 5 })).toBe(5);
    expect(concurrency(AWS)).toBeUndefined();
    expect(concurrency(AWS, { reservedConcurrency: 60 })).toBe(60);
  });

  it('has definitions without a mistake, the same one for both types of machine', () => {
    const { stateMachines } = deployableDeclaration(settingsOf({}), LOCAL);
    const { lab, sweepStandard, sweepExpress } = stateMachines ?? {};

    for (const machine of [lab, sweepStandard])
      expect(parseDefinition(JSON.stringify(machine?.definition))).toMatchObject({ ok: true });
    expect(sweepExpress?.definition).toEqual(sweepStandard?.definition);
  });
});

import type { Manifest } from '../run/manifest.ts';

/** A condition in words (`parameter workers`, `node`), and what it was in both runs; null where one has no such thing. */
export interface DifferentCondition {
  readonly name: string;
  readonly first: string | null;
  readonly second: string | null;
}

export function differentConditions(first: Manifest, second: Manifest): readonly DifferentCondition[] {
  const [a, b] = [conditionsIn(first), conditionsIn(second)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((name) => ({ name, first: a.get(name) ?? null, second: b.get(name) ?? null }))
    .filter((condition) => condition.first !== condition.second);
}

/** All that may change what is measured, as text. Not the times, which always differ, nor the clock's step, which varies by itself. */
function conditionsIn({
  machine,
  source,
  tool,
  parameters,
  libraries,
  targetLabel,
  cloud,
  seed,
  plan,
}: Manifest) {
  const { clockResolutionMs: _, ...comparableMachine } = machine;
  const named = (what: string, values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).map(([name, value]) => [`${what} ${name}`, textOf(value)] as const);
  return new Map([
    ['target', targetLabel],
    ...(cloud === null
      ? []
      : named('cloud', { region: cloud.region, 'CPU share': cloud.cpuShare ?? 'not known' })),
    ...named(
      'parameter',
      Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])),
    ),
    ['planned units', String(plan.units.length)],
    ['seed', String(seed)],
    ...named('machine', comparableMachine),
    ...named('library', libraries),
    ['tool version', tool.version],
    ...named('source', source),
  ]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

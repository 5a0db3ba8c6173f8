import type { PlannedUnit } from '@skyground/experiment';
import { idleFunctions, type Parameters } from './parameters.ts';
import { loadUnit } from './sample.ts';
import { chosenStrategies, type Strategy } from './strategies.ts';

/** What is measured in one go; between two of them functions are kept warm. */
export type Block =
  | { readonly kind: 'load'; readonly units: readonly PlannedUnit[] }
  | { readonly kind: 'burst'; readonly burst: number; readonly units: readonly PlannedUnit[] }
  | {
      readonly kind: 'round';
      readonly round: number;
      /** In the order of this round: each begins a round once in so many. */
      readonly strategies: readonly Strategy[];
      readonly units: readonly PlannedUnit[];
    }
  | { readonly kind: 'idle'; readonly units: readonly PlannedUnit[] };

/** All blocks in run order: the load, rounds with the bursts spread among them, and at last what was left alone. */
export function blocksOf(parameters: Parameters): readonly Block[] {
  const { rounds, bursts, idleS } = parameters;
  const load: Block = { kind: 'load', units: [{ arm: loadUnit, unit: loadUnit }] };
  const burstBefore = Map.groupBy(range(bursts), (burst) => Math.floor(((burst - 1) * rounds) / bursts) + 1);
  const measured = range(rounds).flatMap((round) => [
    ...(burstBefore.get(round) ?? []).map((burst) => burstBlock(burst, parameters)),
    roundBlock(round, parameters),
  ]);
  return [load, ...measured, ...(idleS === 0 ? [] : [idleBlock()])];
}

export const burstArms = { first: 'burst', again: 'burst, again' } as const;
export const idleArms = { idle: 'left alone', again: 'left alone, second call', pinged: 'pinged' } as const;

/** By its place in the burst: those that are sent later always wait longer. */
export function burstUnit(request: number, burst: number): string {
  return `request ${request}#${burst}`;
}

export function strategyArm({ title }: Strategy, start: 'first' | 'warm'): string {
  return `${title}, ${start === 'first' ? 'first call' : 'warm'}`;
}

function burstBlock(burst: number, { burst: width }: Parameters): Block {
  const units = (arm: string) => range(width).map((request) => ({ arm, unit: burstUnit(request, burst) }));
  return { kind: 'burst', burst, units: [...units(burstArms.first), ...units(burstArms.again)] };
}

function roundBlock(round: number, { strategies: ids, warmCalls }: Parameters): Block {
  const chosen = chosenStrategies(ids);
  const shift = (round - 1) % chosen.length;
  const strategies = [...chosen.slice(shift), ...chosen.slice(0, shift)];
  const units = strategies.flatMap((strategy) => [
    { arm: strategyArm(strategy, 'first'), unit: `call#${round}` },
    ...range(warmCalls).map((call) => ({
      arm: strategyArm(strategy, 'warm'),
      unit: `call#${(round - 1) * warmCalls + call}`,
    })),
  ]);
  return { kind: 'round', round, strategies, units };
}

function idleBlock(): Block {
  const units = range(idleFunctions).flatMap((index) =>
    [idleArms.pinged, idleArms.idle, idleArms.again].map((arm) => ({ arm, unit: `function#${index}` })),
  );
  return { kind: 'idle', units };
}

/** 1 to `count`. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

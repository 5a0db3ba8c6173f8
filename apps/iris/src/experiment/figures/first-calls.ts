import { idleArms, strategyArm } from '../blocks.ts';
import type { Parameters } from '../parameters.ts';
import type { Sample } from '../sample.ts';
import { strategies } from '../strategies.ts';
import { type Spread, spreadOf } from './spread.ts';

/** First calls of everything that was called alone, what strategies are judged against among it. */
export interface FirstCalls {
  readonly name: string;
  readonly first: Spread;
}

export function firstCallsOf(samples: readonly Sample[], { pingS }: Parameters): readonly FirstCalls[] {
  const kinds = [
    ...strategies.map((strategy) => ({ name: strategy.title, arm: strategyArm(strategy, 'first') })),
    { name: 'left alone', arm: idleArms.idle },
    { name: pingedName(pingS), arm: idleArms.pinged },
  ];
  return kinds.flatMap(({ name, arm }) => {
    const rows = samples.filter((row) => row.arm === arm);
    return rows.length === 0
      ? []
      : [{ name, first: spreadOf(rows.flatMap(({ responseMs }) => responseMs ?? [])) }];
  });
}

export function pingedName(pingS: number): string {
  return `pinged every ${pingS} s`;
}

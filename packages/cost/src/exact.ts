import { CostError } from './errors.ts';

/** A fraction of whole numbers, in lowest terms: sums of money must not depend on the order of adding. */
export interface Exact {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

export const zero: Exact = { numerator: 0n, denominator: 1n };

/** The decimal that is written: 0.1 is one tenth, not the double nearest to it. */
export function exact(value: number | string): Exact {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new CostError(`Expected a decimal number, got ${value}.`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0 ? reduced(digits * 10n ** BigInt(shift), 1n) : reduced(digits, 10n ** BigInt(-shift));
}

export function add(a: Exact, b: Exact): Exact {
  return reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiply(a: Exact, b: Exact): Exact {
  return reduced(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Exact, b: Exact): Exact {
  if (b.numerator <= 0n) throw new CostError('A divisor is positive.');
  return reduced(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function lesser(a: Exact, b: Exact): Exact {
  return subtract(a, b).numerator <= 0n ? a : b;
}

/** The double nearest to the value rounded half up to so many decimals; values here are never negative. */
export function toNumber({ numerator, denominator }: Exact, decimals: number): number {
  const scaled = (2n * numerator * 10n ** BigInt(decimals) + denominator) / (2n * denominator);
  return Number(`${scaled}e-${decimals}`);
}

function reduced(numerator: bigint, denominator: bigint): Exact {
  let divisor = numerator < 0n ? -numerator : numerator;
  let rest = denominator;
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

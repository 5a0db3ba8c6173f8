import { z } from 'zod';
import { CostError } from '../errors.ts';

/** Beyond this many days prices are to be read again. */
const limitDays = 180;

const millisecondsPerDay = 86_400_000;

export interface PriceAge {
  /** `ahead`: read after today, so a date or this machine's clock is wrong. */
  readonly kind: 'current' | 'stale' | 'ahead';
  readonly ageDays: number;
  readonly limitDays: number;
}

/** Whole days from the day the prices were read to today, both as YYYY-MM-DD. */
export function priceAge(pricesReadOn: string, today: string): PriceAge {
  const ageDays = (dayOf(today, 'today') - dayOf(pricesReadOn, 'pricesReadOn')) / millisecondsPerDay;
  const kind = ageDays < 0 ? 'ahead' : ageDays > limitDays ? 'stale' : 'current';
  return { kind, ageDays, limitDays };
}

function dayOf(text: string, name: string): number {
  if (!z.iso.date().safeParse(text).success) {
    throw new CostError(`${name} is a date as YYYY-MM-DD, got ${text}.`);
  }
  return Date.parse(text);
}

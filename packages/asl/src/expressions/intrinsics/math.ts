import type { Json } from '../../json.ts';
import { SeededRandom } from '../seeded-random.ts';
import { type Arguments, int32 } from './intrinsic-function.ts';

/** Rounds both to the nearest integer first, halves upwards: -3.5 is -3. */
export function mathAdd(given: Arguments): Json {
  const [left, right] = [
    int32(Math.round(given.number(0)), given),
    int32(Math.round(given.number(1)), given),
  ];
  return int32(left + right, given);
}

/** At least start, less than end. */
export function mathRandom(given: Arguments): Json {
  const [start, end] = [given.integer(0), given.integer(1)];
  if (start >= end) throw given.invalid();
  if (given.values.length < 3) return start + Math.floor(given.randomness.random() * (end - start));
  return start + new SeededRandom(given.integer(2)).below(end - start);
}

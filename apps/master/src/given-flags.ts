import { kebabCase } from '@skyground/experiment/command-line';
import { UsageError } from './errors.ts';

/** Flags as the person typed them (`input-bucket`), of those that were typed rather than filled in. */
export function typedNames(flags: unknown): string[] {
  return Object.entries(flags ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name]) => kebabCase(name));
}

/** A run that goes on keeps the flags it began with: other ones would compare two different experiments. */
export function refuseFlagsBut(allowed: readonly string[], given: readonly string[], why: string): void {
  const others = given.filter((name) => !allowed.includes(name));
  if (others.length === 0) return;
  const received = others.map((name) => `--${name}`).join(', ');
  throw new UsageError(`${why}, but received ${received} too. Leave that out, or start a new run.`);
}

import { createHash } from 'node:crypto';
import type { Json } from '../../json.ts';
import type { Arguments } from './intrinsic-function.ts';

const MAX_TEXT_LENGTH = 10_000;

export function base64Encode(given: Arguments): Json {
  return Buffer.from(given.text(0, MAX_TEXT_LENGTH), 'utf8').toString('base64');
}

/** Lenient, as Step Functions was seen to be: characters that are not of the alphabet are passed over. */
export function base64Decode(given: Arguments): Json {
  return Buffer.from(given.text(0, MAX_TEXT_LENGTH), 'base64').toString('utf8');
}

const algorithms: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** What is no string is hashed by its JSON text. */
export function hash(given: Arguments): Json {
  const data = given.any(0);
  const digest = digestOf(typeof data === 'string' ? data : JSON.stringify(data), given.text(1));
  if (digest === undefined) throw given.invalid();
  return digest;
}

/** In hexadecimal; undefined for an algorithm that is none of the five, in their exact spelling, and for too long a text. */
export function digestOf(text: string, algorithm: string): string | undefined {
  const name = algorithms.get(algorithm);
  if (name === undefined || text.length > MAX_TEXT_LENGTH) return undefined;
  return createHash(name).update(text, 'utf8').digest('hex');
}

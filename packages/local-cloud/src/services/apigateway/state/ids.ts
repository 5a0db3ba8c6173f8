import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** As AWS makes them: an API's 10 letters are all that a caller needs to know, so they are random. */
export function newApiId(): string {
  return randomLetters(10);
}

/** Of a route, an integration, a deployment or a resource. */
export function newPartId(): string {
  return randomLetters(7);
}

function randomLetters(count: number): string {
  return Array.from({ length: count }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}

/** Everything that the functions write begins so: the policy's scope. */
export const SESSIONS_PREFIX = 'sessions/';

/** The name of a result is the same in every session: `filters/sharpen.jpg`. */
export function resultKey(session: string, name: string): string {
  return `${SESSIONS_PREFIX}${session}/${name}`;
}

/** What the runtime cannot do, or finds otherwise than it left it. */
export class ChoreographyError extends Error {
  override readonly name = 'ChoreographyError';
}

/** Something that was kept is gone: the session ended meanwhile, and what it kept was collected. */
export class Collected extends Error {
  override readonly name = 'Collected';
}

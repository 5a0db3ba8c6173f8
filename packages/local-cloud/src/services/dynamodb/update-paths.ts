import type { Checked } from './dynalite.ts';
import { invalid } from './errors.ts';

/** More elements than any item of 400 KB can have. A list would be walked up to the index that is asked for. */
const MAX_INDEX = 400 * 1024;

/** Makes an update's paths mean what they mean to AWS. */
export function settlePaths({ _updates: updates }: Checked): void {
  if (updates === undefined) return;
  for (const { path } of updates.sections) {
    const tooLarge = path.find((part) => typeof part === 'number' && part > MAX_INDEX);
    if (tooLarge === undefined) continue;
    throw invalid(
      `Invalid UpdateExpression: List index is not within the allowable range; index: [${tooLarge}]`,
    );
  }
  updates.sections = removalsLast(updates.sections);
}

type Sections = NonNullable<Checked['_updates']>['sections'];

/**
 * The indexes of an update are all of the item as it was. dynalite removes list elements one after the other in the order
 * given, so that the second index means another element: here the last element goes first, and what lies deeper before that.
 */
function removalsLast(sections: Sections): Sections {
  const isElement = ({ type, path }: Sections[number]): boolean =>
    type === 'remove' && typeof path.at(-1) === 'number';
  const removals = sections
    .filter(isElement)
    .toSorted((a, b) => b.path.length - a.path.length || Number(b.path.at(-1)) - Number(a.path.at(-1)));
  return [...sections.filter((section) => !isElement(section)), ...removals];
}

import type { Checked } from './dynalite.ts';

/**
 * The indexes of an update are all of the item as it was. dynalite removes list elements one after the other in the order
 * given, so that the second index means another element: here the last element goes first, and what lies deeper before that.
 */
export function orderRemovals({ _updates: updates }: Checked): void {
  if (updates === undefined) return;
  const isElement = ({ type, path }: (typeof updates.sections)[number]): boolean =>
    type === 'remove' && typeof path.at(-1) === 'number';
  const removals = updates.sections
    .filter(isElement)
    .toSorted((a, b) => b.path.length - a.path.length || Number(b.path.at(-1)) - Number(a.path.at(-1)));
  updates.sections = [...updates.sections.filter((section) => !isElement(section)), ...removals];
}

import { notImplemented } from '../../errors.ts';
import { type Checked, isExpression, isPath, type Operand, type Path } from './dynalite.ts';
import { invalid } from './errors.ts';

/** More elements than any item of 400 KB can have. A list would be walked up to the index that is asked for. */
const MAX_INDEX = 400 * 1024;

type Sections = NonNullable<Checked['_updates']>['sections'];

/** Makes an update's paths mean what they mean to AWS. */
export function settlePaths(request: Checked): void {
  const { _updates: updates } = request;
  if (updates === undefined) return;
  // What a new item is made of; it must have no attributes that every object inherits, such as toString.
  Object.setPrototypeOf(request['Key'], null);
  for (const { path } of updates.sections) {
    const tooLarge = path.find((part) => typeof part === 'number' && part > MAX_INDEX);
    if (tooLarge === undefined) continue;
    throw invalid(
      `Invalid UpdateExpression: List index is not within the allowable range; index: [${tooLarge}]`,
    );
  }
  refuseSharing(updates.sections);
  updates.sections = removalsLast(updates.sections);
}

/**
 * dynalite copies nothing: what is set to a list or a map of the item is that list or map itself, and would change with it
 * where the same update changes something within.
 */
function refuseSharing(sections: Sections): void {
  const read = sections.flatMap(({ val }) => (val === undefined ? [] : pathsIn(val)));
  const sharedBy = (path: Path): boolean =>
    read.some((source) => source.length < path.length && source.every((part, index) => part === path[index]));
  if (!sections.some(({ path }) => sharedBy(path))) return;
  throw notImplemented(
    'dynamodb',
    'UpdateItem',
    'UpdateExpression that sets a path to a list or map and changes something within that',
  );
}

function pathsIn(operand: Operand): readonly Path[] {
  if (isPath(operand)) return [operand];
  return isExpression(operand) ? operand.args.flatMap(pathsIn) : [];
}

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

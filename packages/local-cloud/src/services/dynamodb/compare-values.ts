import { isBelow } from './dynalite.ts';

/** One attribute value: `{ S: 'text' }` is the content 'text' of type S. */
export interface Value {
  readonly type: string;
  readonly content: unknown;
}

/** Undefined for what is no attribute value, as what an object inherits under the name of an attribute that is missing. */
export function readValue(wire: unknown): Value | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const [entry] = Object.entries(wire);
  return entry && { type: entry[0], content: entry[1] };
}

/** Whether it holds, by DynamoDB's rules: what is missing, or of another type, is neither equal nor less nor greater. */
export function compareValues(
  operator: string,
  [value, first, ...others]: readonly (Value | undefined)[],
): boolean {
  switch (operator) {
    case '=':
      return isEqual(value, first);
    case '<>':
      return !isEqual(value, first);
    case '<':
      return isLess(value, first);
    case '<=':
      return isAtMost(value, first);
    case '>':
      return isLess(first, value);
    case '>=':
      return isAtMost(first, value);
    case 'between':
      return isAtMost(first, value) && isAtMost(value, others[0]);
    case 'in':
      return [first, ...others].some((other) => isEqual(value, other));
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return value?.type === first?.content;
    case 'begins_with':
      return beginsWith(value, first);
    case 'contains':
      return contains(value, first);
    default:
      throw new Error(`No comparison is called ${operator}.`);
  }
}

function isEqual(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined || a.type !== b.type) return false;
  const [left, right] = [a.content, b.content];
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) return false;
    if (a.type !== 'L') return left.every((each) => right.includes(each));
    return left.every((each, index) => isEqual(readValue(each), readValue(right[index])));
  }
  if (a.type !== 'M') return left === right;
  const others = new Map(Object.entries(Object(right)));
  const members = Object.entries(Object(left));
  return (
    members.length === others.size &&
    members.every(([name, member]) => isEqual(readValue(member), readValue(others.get(name))))
  );
}

function isAtMost(a: Value | undefined, b: Value | undefined): boolean {
  return isLess(a, b) || (isOrdered(a) && isEqual(a, b));
}

function isLess(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined || a.type !== b.type || !isOrdered(a)) return false;
  if (a.type === 'N') return isBelow(String(a.content), String(b.content));
  return Buffer.compare(bytes(a), bytes(b)) < 0;
}

function isOrdered(value: Value | undefined): boolean {
  return value?.type === 'S' || value?.type === 'N' || value?.type === 'B';
}

function beginsWith(whole: Value | undefined, start: Value | undefined): boolean {
  if (whole === undefined || start === undefined || whole.type !== start.type) return false;
  if (whole.type !== 'S' && whole.type !== 'B') return false;
  const wanted = bytes(start);
  return bytes(whole).subarray(0, wanted.length).equals(wanted);
}

function contains(whole: Value | undefined, part: Value | undefined): boolean {
  if (whole === undefined || part === undefined) return false;
  const { type, content } = whole;
  if (type === 'L') return Array.isArray(content) && content.some((each) => isEqual(readValue(each), part));
  if (Array.isArray(content)) return type === `${part.type}S` && content.includes(part.content);
  return (type === 'S' || type === 'B') && type === part.type && bytes(whole).includes(bytes(part));
}

/** Of a text or of bytes: their order is that of UTF-8. */
function bytes({ type, content }: Value): Buffer {
  return Buffer.from(String(content), type === 'B' ? 'base64' : 'utf8');
}

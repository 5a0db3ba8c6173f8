import type { Json } from '../json.ts';

/**
 * The order in which Step Functions gives what it holds in a hash table: the dynamic members of a payload template, the members
 * of States.JsonMerge, the items of States.ArrayUnique. It is that of Java's HashMap, and it is seen: texts in history and
 * States.JsonToString spell it out.
 */
export function inHashOrder<Item>(items: readonly Item[], keyOf: (item: Item) => Json): Item[] {
  let slots = 16;
  while (items.length > slots * 0.75) slots *= 2;
  return items
    .map((item) => ({ item, slot: slotOf(hashOf(keyOf(item)), slots) }))
    .sort((a, b) => a.slot - b.slot)
    .map(({ item }) => item);
}

function slotOf(hash: number, slots: number): number {
  return (hash ^ (hash >>> 16)) & (slots - 1);
}

/** Java's hashCode of the string, Boolean, Integer, Double, List or Map that a JSON value is there; 32 bits, signed. */
function hashOf(value: Json): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'number') return hashOfNumber(value);
  if (typeof value === 'string') return hashOfString(value);
  if (Array.isArray(value))
    return value.reduce((hash: number, item: Json) => (Math.imul(31, hash) + hashOf(item)) | 0, 1);
  return Object.entries(value).reduce(
    (hash, [name, item]) => (hash + (hashOfString(name) ^ hashOf(item))) | 0,
    0,
  );
}

function hashOfString(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

function hashOfNumber(value: number): number {
  if ((value | 0) === value) return value;
  const bits = new DataView(new ArrayBuffer(8));
  if (Number.isSafeInteger(value)) bits.setBigInt64(0, BigInt(value));
  else bits.setFloat64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}

/** The dimensions of a series as one text, the same however they were ordered. */
export function dimensionsKey(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Name and value of each, by name. */
export function parseDimensions(key: string): readonly (readonly [name: string, value: string])[] {
  const pairs: [string, string][] = JSON.parse(key);
  return pairs;
}

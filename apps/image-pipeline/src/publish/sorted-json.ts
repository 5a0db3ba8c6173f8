/** JSON whose members are sorted by name, so that equal values are equal texts. */
export function sortedJson(value: unknown): string {
  const sorted = (_name: string, member: unknown): unknown =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member;
  return `${JSON.stringify(value, sorted, 2)}\n`;
}

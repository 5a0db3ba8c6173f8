/** Up to five, and how many more there are. */
export function named(names: Iterable<string>): string {
  const all = [...new Set(names)];
  const shown = all.slice(0, 5).join(', ');
  return all.length > 5 ? `${shown} and ${all.length - 5} more` : shown;
}

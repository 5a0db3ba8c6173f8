/**
 * Lanes are drawn at whole numbers and named by an axis expression. A nominal axis would merge lanes whose trimmed
 * names happen to be equal. JSON strings are valid in Vega's expressions, whatever the names hold.
 */
export const laneLabels = (labels: readonly string[]): string =>
  `[${labels.map((label) => JSON.stringify(label)).join(',')}][datum.value]`;

export const laneNumbers = (labels: readonly string[]): number[] => labels.map((_, index) => index);

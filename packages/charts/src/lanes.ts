/**
 * Lanes are drawn at whole numbers and named by an axis expression. A nominal axis would merge lanes whose trimmed
 * names happen to be equal. JSON strings are valid in Vega's expressions, whatever the names hold.
 */
const laneLabels = (labels: readonly string[]): string =>
  `[${labels.map((label) => JSON.stringify(label)).join(',')}][datum.value]`;

/** More lanes than this get no names: they could not be read. */
const MOST_NAMED_LANES = 40;

/** The y channel of a chart of lanes, first lane on top; the field is the caller's. `crowd` says what many lanes are. */
export const laneAxis = (labels: readonly string[], crowd = 'lanes') => {
  const named = labels.length <= MOST_NAMED_LANES;
  return {
    type: 'quantitative' as const,
    scale: { domain: [labels.length - 0.5, -0.5], nice: false, zero: false },
    axis: {
      title: named ? null : `${labels.length} ${crowd}`,
      values: named ? labels.map((_, index) => index) : [],
      ...(named ? { labelExpr: laneLabels(labels) } : {}),
      grid: false,
      ticks: false,
      domain: false,
    },
  };
};

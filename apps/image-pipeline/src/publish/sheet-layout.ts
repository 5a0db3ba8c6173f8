const CELL_PX = 128;
const GAP_PX = 8;
/** As many as the branch with the most pictures has, so that every strip is as wide. */
const COLUMNS = 7;

/** The pictures of one branch in small. */
export const STRIP = {
  columns: COLUMNS,
  cell: { widthPx: CELL_PX, heightPx: CELL_PX },
  gapPx: GAP_PX,
} as const;

/** The strips one below the other. */
export const SHEET = {
  columns: 1,
  cell: { widthPx: COLUMNS * (CELL_PX + GAP_PX) + GAP_PX, heightPx: CELL_PX + 2 * GAP_PX },
  gapPx: 0,
} as const;

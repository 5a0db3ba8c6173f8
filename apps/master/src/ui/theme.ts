/** Every colour and glyph of the terminal UI. Colour never carries meaning alone: each state has its own glyph too. */
export const theme = {
  colors: {
    onPrem: 'cyan',
    cloud: 'yellow',
    good: 'green',
    bad: 'red',
    warn: 'yellow',
    faint: 'gray',
  },
  glyphs: {
    pending: '·',
    running: '▸',
    done: '✓',
    skipped: '-',
    stopped: '■',
    failed: '✗',
    barFull: '█',
    barEmpty: '░',
  },
} as const;

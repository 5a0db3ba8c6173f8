/**
 * Widths of DejaVu Sans in em, by kind of character. Without a canvas Vega takes 0.8 em for every character, which
 * leaves wide gaps beside labels; with one installed it measures, and the layout depends on the machine.
 */
const NARROW = /[ijlI.,:;'|!()[\]ft\-/ r]/;
const WIDE = /[mwMW@%&—…◆]/;
const CAPITAL = /\p{Lu}/u;

const charWidthEm = (char: string): number => {
  if (NARROW.test(char)) return 0.38;
  if (WIDE.test(char)) return 0.98;
  if ((char.codePointAt(0) ?? 0) > 0x1100) return 1;
  return CAPITAL.test(char) ? 0.7 : 0.63;
};

/** Estimated width in pixels; the same everywhere. */
export const textWidthPx = (text: string, fontSizePx: number): number => {
  let em = 0;
  for (const char of text) em += charWidthEm(char);
  return Math.ceil(em * fontSizePx);
};

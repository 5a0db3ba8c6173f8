/** Numbers and names as text. The locale is fixed: equal data gives equal bytes on every machine. */

const LOCALE = 'en-US';

const withDigits = (value: number, digits: number): string =>
  value.toLocaleString(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Three significant figures where that is useful: 0.123, 4.56, 78.9, 1,234; powers of ten where digits would fill the line. */
export const formatNumber = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toExponential(2);
  if (size >= 100) return withDigits(value, 0);
  if (size >= 10) return withDigits(value, 1);
  if (size >= 1) return withDigits(value, 2);
  if (size >= 0.001) return withDigits(value, 3);
  return size === 0 ? '0' : value.toLocaleString(LOCALE, { maximumSignificantDigits: 3 });
};

/** `41.2 ms`; the unit is left away where there is none. */
export const formatQuantity = (value: number, unit: string): string =>
  unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;

/** A number that was chosen, not measured, with no digits added: 16, 0.5, 1,024. */
export const formatChosen = (value: number): string =>
  value.toLocaleString(LOCALE, { maximumSignificantDigits: 6 });

export const formatMs = (ms: number): string => formatQuantity(ms, 'ms');

export const formatSeconds = (seconds: number): string => formatQuantity(seconds, 's');

/** Megabytes of 1,000,000 bytes. */
export const formatMb = (bytes: number): string => `${withDigits(bytes / 1e6, 2)} MB`;

export const formatCount = (count: number): string => count.toLocaleString(LOCALE);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/**
 * A name from outside as one line of visible text: control characters (illegal in SVG), lone surrogates and
 * characters that reorder their surroundings become U+FFFD.
 */
export const displayText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '\ufffd');

const graphemes = new Intl.Segmenter(LOCALE, { granularity: 'grapheme' });
const split = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

export const trimEnd = (text: string, longest: number): string => {
  const parts = split(text);
  return parts.length <= longest ? text : `${parts.slice(0, longest - 1).join('')}…`;
};

/** Keeps both ends: of a file name the extension, of an id the part that differs. */
export const trimMiddle = (text: string, longest: number): string => {
  const parts = split(text);
  if (parts.length <= longest) return text;
  const head = Math.ceil((longest - 1) / 2);
  return `${parts.slice(0, head).join('')}…${parts.slice(parts.length - (longest - 1 - head)).join('')}`;
};

/**
 * A text as a specification may hold it. Vega keeps texts as keys of plain objects, where one called `constructor` is found
 * before it is put there: a space that cannot be seen makes it another key.
 */
export const pictureText = (text: string): string => {
  const shown = displayText(text);
  return shown in {} ? `${shown}\u00a0` : shown;
};

const LONGEST_LABEL = 34;

/** A name from outside as a label: never empty, never wide enough to squeeze the picture. */
export const labelOf = (name: string, ifEmpty: string): string =>
  pictureText(trimMiddle(displayText(name.trim()), LONGEST_LABEL) || ifEmpty);

/** Orders as bytes do, the same on every machine (localeCompare is not). */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

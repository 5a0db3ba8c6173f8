import { escapeHtml } from '../escape.ts';
import { displayText } from '../format.ts';

/** Makes the SVG one picture with an alternative text, as a file and inlined into a page. */
export const labelSvg = (svg: string, altText: string): string =>
  svg.replace(/^<svg /, () => `<svg role="img" aria-label="${escapeHtml(displayText(altText))}" `);

import { textHtml } from '../escape.ts';

/** A picture in a page. Where the page is narrow it keeps a size that can be read, and is moved sideways. */
export const pictureHtml = (svg: string, title: string): string =>
  `<div class="scroll picture" role="group" aria-label="${textHtml(`Picture: ${title}`)}" tabindex="0">${svg}</div>`;

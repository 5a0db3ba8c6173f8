import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';

const SCALE = 2;

export const FONT_FILES: readonly string[] = [
  import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
].map((url) => fileURLToPath(url));

/**
 * Draws an SVG at twice its size, off the main thread. The font comes with the package: without one resvg leaves
 * out all text without an error, and the machine's own fonts would make the picture depend on the machine.
 */
export const renderPng = async (svg: string): Promise<Buffer> => {
  // No AbortSignal for resvg: it refuses one that it has seen before (InvalidArg), and a picture takes a tenth of a second.
  const image = await renderAsync(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: [...FONT_FILES],
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  return image.asPng();
};

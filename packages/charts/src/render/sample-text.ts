const TEXT = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="30">
  <text x="4" y="22" font-family="sans-serif" font-size="18">Skyground</text>
</svg>`;

/**
 * A PNG of nothing but black text on white, drawn as charts are, and the font files that it takes. For whoever wants to know
 * whether this machine draws text at all: where the font cannot be read it is left out without an error.
 */
export async function drawSampleText(): Promise<{
  readonly png: Buffer;
  readonly fontFiles: readonly string[];
}> {
  // On demand, as the charts themselves do: the renderer is a native module.
  const { FONT_FILES, renderPng } = await import('./png.ts');
  return { png: await renderPng(TEXT), fontFiles: FONT_FILES };
}

import type { LayeredSettings, TargetChoice } from '@skyground/cloud';

/** What the main job deploys. Loaded on demand: it brings sharp with it, which may be what is broken. */
export async function declarationFor(settings: LayeredSettings, target: TargetChoice) {
  const { imageProcessorDeclaration } = await import('@skyground/image-processor');
  return imageProcessorDeclaration(settings, target);
}

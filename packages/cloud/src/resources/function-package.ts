import type { FunctionDeclaration } from '../declaration/function.ts';
import { type FunctionImage, functionImage } from '../image/function-image.ts';
import type { ResourceContext } from './resource.ts';

/** How the code of a function gets to Lambda. */
export type FunctionPackage =
  | { readonly kind: 'zip'; readonly zip: Buffer; readonly codeSha256: string }
  | { readonly kind: 'image'; readonly image: FunctionImage };

/** A function that is deployed as an image: asked for, and it has a Dockerfile. */
export function isImage(
  fn: FunctionDeclaration,
  { declaration }: ResourceContext,
): fn is FunctionDeclaration & { readonly dockerfile: string } {
  return fn.dockerfile !== undefined && declaration.package === 'image';
}

export async function functionPackage(
  name: string,
  fn: FunctionDeclaration,
  context: ResourceContext,
): Promise<FunctionPackage> {
  if (isImage(fn, context)) return { kind: 'image', image: await functionImage(name, fn, context) };
  return { kind: 'zip', ...(await context.bundle(fn)) };
}

/** The package as Lambda's requests take it. */
export function codeOf(code: FunctionPackage): { readonly ZipFile: Buffer } | { readonly ImageUri: string } {
  return code.kind === 'zip' ? { ZipFile: code.zip } : { ImageUri: code.image.uri };
}

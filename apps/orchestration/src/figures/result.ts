/** Figures of one execution, or why there are none: never a figure that is not a number. */
export type Result<Figures> =
  | { readonly kind: 'complete'; readonly figures: Figures }
  | { readonly kind: 'incomplete'; readonly missing: string };

export function incomplete(missing: string): { readonly kind: 'incomplete'; readonly missing: string } {
  return { kind: 'incomplete', missing };
}

/** What both sides do: repetition by repetition, so that no image's repetitions share a moment of the machine. */
export function tasksOf<T>(
  images: readonly T[],
  repetitions: number,
): { readonly image: T; readonly repetition: number }[] {
  return Array.from({ length: repetitions }, (_, index) => index + 1).flatMap((repetition) =>
    images.map((image) => ({ image, repetition })),
  );
}

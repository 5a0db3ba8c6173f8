const TAG = /<[^<>]+>/g;

/** `id="x"`, `url(#x)` and `href="#x"` inside a tag: what stands before the id, and the id. */
const ID_OR_REFERENCE = /( id="|url\(#|href="#)([^")]+)/g;

/**
 * Renames the ids of an SVG to `<prefix>-1`, `<prefix>-2`... in order of appearance. Vega counts ids up through the
 * life of the process: the same chart drawn twice would differ, and two charts inlined into one page could clash.
 */
export const prefixIds = (svg: string, prefix: string): string => {
  const renamed = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = renamed.get(id) ?? `${prefix}-${renamed.size + 1}`;
    renamed.set(id, name);
    return name;
  };
  return svg.replaceAll(TAG, (tag) =>
    tag.replaceAll(ID_OR_REFERENCE, (_, before: string, id: string) => `${before}${nameOf(id)}`),
  );
};

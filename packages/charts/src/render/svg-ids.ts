/**
 * Renames the ids of an SVG to `<prefix>-1`, `<prefix>-2`... in order of appearance. Vega counts ids up through the
 * life of the process: the same chart drawn twice would differ, and two charts inlined into one page could clash.
 */
export const prefixIds = (svg: string, prefix: string): string => {
  const renamed = new Map<string, string>();
  const withIds = svg.replaceAll(/(<[^<>]*? id=")([^"]+)"/g, (_, before: string, id: string) => {
    const name = renamed.get(id) ?? `${prefix}-${renamed.size + 1}`;
    renamed.set(id, name);
    return `${before}${name}"`;
  });
  return withIds.replaceAll(
    /(<[^<>]*? )([\w:-]+="(?:url\()?#)([^")]+)/g,
    (whole, before: string, attribute: string, id: string) => {
      const name = renamed.get(id);
      return name === undefined ? whole : `${before}${attribute}${name}`;
    },
  );
};

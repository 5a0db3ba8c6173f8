/** What Vega's pictures are made of; nothing here loads, links or runs. */
const ELEMENTS: ReadonlySet<string> = new Set(
  'svg g path line rect circle text tspan defs clipPath linearGradient stop'.split(' '),
);

const ATTRIBUTES: ReadonlySet<string> = new Set(
  [
    'aria-hidden aria-label aria-roledescription class clip-path d display dx dy fill fill-opacity font-family font-size',
    'font-style font-weight gradientUnits height id offset opacity pointer-events role stop-color stroke stroke-dasharray',
    'stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform',
    'version viewBox width x x1 x2 xmlns xmlns:xlink y y1 y2 cx cy r rx ry',
  ]
    .join(' ')
    .split(' '),
);

const LONGEST = 4_000_000;
const TAG =
  /<(?<close>\/?)(?<name>[A-Za-z]+)(?<attributes>(?:\s+[A-Za-z:-]+[0-9]?="[^"<>]*")*)\s*(?<empty>\/?)>/y;
const ATTRIBUTE = /\s+(?<name>[A-Za-z:-]+[0-9]?)="(?<value>[^"<>]*)"/g;
const UNKNOWN_ENTITY = /&(?!(?:amp|lt|gt|quot|#39|#x27);)/;
const OTHER_REFERENCE = /url\((?!#[\w-]+\))|\\/i;

export type CheckedSvg =
  | { readonly kind: 'own'; readonly svg: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Whether the text of a file is a picture such as `renderDrawnChart` makes, and nothing more: it is about to become part of a
 * page, and whoever can write into a results folder may have written it. Refused by name, never repaired.
 */
export const checkSvg = (text: string): CheckedSvg => {
  const svg = text.trim();
  const reason = faultOf(svg);
  return reason === undefined ? { kind: 'own', svg } : { kind: 'refused', reason };
};

const faultOf = (svg: string): string | undefined => {
  if (svg.length > LONGEST) return `it has ${svg.length} characters, expected at most ${LONGEST}`;
  if (!svg.startsWith('<svg role="img" aria-label="'))
    return 'it does not begin as our charts do, with an alternative text';
  const open: string[] = [];
  let at = 0;
  while (at < svg.length) {
    if (svg[at] !== '<') {
      const end = svg.indexOf('<', at);
      const content = svg.slice(at, end === -1 ? undefined : end);
      if (open.length === 0) return 'something follows the picture';
      if (content.includes('>') || UNKNOWN_ENTITY.test(content)) return 'it has a text that is not escaped';
      at += content.length;
      continue;
    }
    if (at > 0 && open.length === 0) return 'something follows the picture';
    TAG.lastIndex = at;
    const tag = TAG.exec(svg)?.groups;
    if (tag === undefined)
      return `it has ${JSON.stringify(svg.slice(at, at + 20))}, which is no tag of our charts`;
    at = TAG.lastIndex;
    const { name = '', attributes = '' } = tag;
    if (!ELEMENTS.has(name)) return `it has an element <${name}>`;
    const fault = attributeFault(attributes);
    if (fault !== undefined) return fault;
    if (tag['close'] === '/') {
      if (attributes !== '' || open.pop() !== name) return `its </${name}> closes something else`;
    } else if (tag['empty'] === '') open.push(name);
  }
  return open.length === 0 ? undefined : `its <${open.at(-1)}> is not closed`;
};

const attributeFault = (attributes: string): string | undefined => {
  for (const { groups } of attributes.matchAll(ATTRIBUTE)) {
    const { name = '', value = '' } = groups ?? {};
    if (!ATTRIBUTES.has(name)) return `it has an attribute ${name}`;
    if (UNKNOWN_ENTITY.test(value)) return `its ${name} is not escaped`;
    if (name !== 'aria-label' && OTHER_REFERENCE.test(value))
      return `its ${name} refers to something outside`;
  }
  return undefined;
};

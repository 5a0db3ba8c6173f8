import type { compile } from 'vega-lite';
import { expect, test } from 'vitest';
import { renderSvg } from '../src/render/svg.ts';
import { prefixIds } from '../src/render/svg-ids.ts';

test('ids and the references to them are renamed in order of appearance; text stays', () => {
  const svg =
    '<svg><defs><clipPath id="clip7"/><linearGradient id="gradient_3"/></defs>' +
    '<g clip-path="url(#clip7)" fill="url(#gradient_3)"/><use href="#clip7"/><text>url(#clip7) id="clip7"</text></svg>';
  expect(prefixIds(svg, 'a')).toBe(
    '<svg><defs><clipPath id="a-1"/><linearGradient id="a-2"/></defs>' +
      '<g clip-path="url(#a-1)" fill="url(#a-2)"/><use href="#a-1"/><text>url(#clip7) id="clip7"</text></svg>',
  );
});

test('a clipped chart drawn again in one process has the same ids, and another prefix gives others', async () => {
  const spec = {
    data: { values: [{ x: 1 }] },
    mark: { type: 'point', clip: true },
    encoding: { x: { field: 'x', type: 'quantitative' } },
  } as const satisfies Parameters<typeof compile>[0];
  const [first, again, other] = [
    await renderSvg(spec, 'a'),
    await renderSvg(spec, 'a'),
    await renderSvg(spec, 'b'),
  ];
  expect(first).toContain('url(#a-1)');
  expect(again).toBe(first);
  expect(other).toBe(first.replaceAll('a-1', 'b-1'));
});

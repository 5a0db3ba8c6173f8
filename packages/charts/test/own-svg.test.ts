import { expect, test } from 'vitest';
import { CHARTS, renderChart, renderDrawnChart, timelineChart } from '../src/index.ts';
import { checkSvg } from '../src/report/own-svg.ts';
import { inputOf, syntheticRun } from './synthetic.ts';

const svg = '<svg role="img" aria-label="a chart"><g><text>1 &lt; 2</text></g></svg>';

test('our own pictures are accepted as they are', async () => {
  const rows = syntheticRun({ images: 8, coldStarts: 2, name: (index) => `<b>&"'${index}.jpg` });
  const drawn = [
    ...(await Promise.all(CHARTS.map((chart) => renderChart(chart, inputOf(rows))))),
    await renderDrawnChart(
      timelineChart({
        id: 'zoomed',
        title: '"<&>\'',
        measure: { name: 'time', unit: 'ms' },
        thing: 'request',
        samples: [{ arm: '<x>', startedAtMs: 0, value: 1, start: 'warm', outcome: 'succeeded' }],
      }),
    ),
    // Drawn with nothing but Vega-Lite's defaults, with a gradient.
    await renderDrawnChart({
      id: 'plain',
      title: 'Plain',
      readingSentence: '',
      altText: 'plain',
      table: { columns: [], rows: [] },
      spec: {
        data: { values: [{ x: 'a', y: 1 }] },
        mark: 'bar',
        encoding: {
          x: { field: 'x', type: 'nominal' },
          y: { field: 'y', type: 'quantitative' },
          color: { field: 'y', type: 'quantitative' },
        },
      },
    }),
    { svg },
  ];
  for (const picture of drawn) expect(checkSvg(picture.svg)).toEqual({ kind: 'own', svg: picture.svg });
});

test.each([
  ['<script>alert(1)</script>', 'an element <script>'],
  ['<image href="https://example.org/a.png"/>', 'an element <image>'],
  ['<foreignObject><p>x</p></foreignObject>', 'an element <foreignObject>'],
  ['<style>*{display:none}</style>', 'an element <style>'],
  ['<a href="javascript:alert(1)">x</a>', 'an element <a>'],
  ['<rect onload="alert(1)"/>', 'an attribute onload'],
  ['<rect style="x"/>', 'an attribute style'],
  ['<path xlink:href="https://example.org"/>', 'an attribute xlink:href'],
  ['<rect fill="url(https://example.org/a)"/>', 'its fill refers to something outside'],
  ['<rect fill="u\\72l(https://example.org/a)"/>', 'its fill refers to something outside'],
  ['<rect fill="url&#40;https://example.org/a)"/>', 'its fill is not escaped'],
  ['<!-- x -->', 'no tag of our charts'],
  ['<![CDATA[x]]>', 'no tag of our charts'],
  ['<rect onload=alert(1) />', 'no tag of our charts'],
  ['<rect', 'no tag of our charts'],
  ['a > b', 'a text that is not escaped'],
  ['&nbsp;', 'a text that is not escaped'],
  ['</text>', 'closes something else'],
  ['<g>', 'its </g> closes something else'.replace('</g>', '</text>')],
])('%s inside a picture is refused by name', (planted, reason) => {
  expect(checkSvg(svg.replace('1 &lt; 2', planted))).toEqual({
    kind: 'refused',
    reason: expect.stringContaining(reason),
  });
});

test.each([
  ['', 'does not begin as our charts do'],
  ['<svg onload="alert(1)"></svg>', 'does not begin as our charts do'],
  [`${svg}<script>alert(1)</script>`, 'something follows'],
  [`${svg}and more`, 'something follows'],
  [svg.replace('</svg>', ''), 'its <svg> is not closed'],
  [svg.replace('1 &lt; 2', 'x'.repeat(4_000_001)), 'characters, expected at most'],
])('%.60s is refused', (text, reason) => {
  expect(checkSvg(text)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
});

import sharp from 'sharp';
import { expect, test } from 'vitest';

import { processImage } from '../src/index.ts';

test('an image becomes an 800 x 600 JPEG and facts', async () => {
  const photo = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#246' } })
    .png()
    .toBuffer();
  const { data, input, output, processingTimeMs } = await processImage(photo, { name: 'a.png' });
  expect(input).toEqual({ format: 'png', widthPx: 320, heightPx: 200, sizeBytes: photo.byteLength });
  expect(output).toEqual({ format: 'jpeg', widthPx: 800, heightPx: 600, sizeBytes: data.byteLength });
  expect(processingTimeMs).toBeGreaterThan(0);
});

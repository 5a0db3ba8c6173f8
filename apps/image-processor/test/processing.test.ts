import { processImage } from '@skyground/imaging';
import { describe, expect, it } from 'vitest';

import { ImageProcessorError } from '../src/errors.ts';
import {
  DEFAULT_PROCESSING,
  type Processing,
  processingFromText,
  processingToText,
} from '../src/processing.ts';
import { tinyJpeg } from './support/tiny-image.ts';

const chosen: Processing = { fit: 'inside', quality: 60, chromaSubsampling: '4:4:4', mozjpeg: true };

describe('the options of processing', () => {
  it('come back as they were deployed, and equal ones as equal text', () => {
    expect(processingFromText('V', processingToText(chosen))).toEqual(chosen);
    const { fit, ...others } = chosen;
    expect(processingToText({ ...others, fit })).toBe(processingToText(chosen));
  });

  it('default to what imaging does where nobody says anything', async () => {
    const jpeg = await tinyJpeg(1);
    const [plain, byDefault] = await Promise.all([
      processImage(jpeg),
      processImage(jpeg, DEFAULT_PROCESSING),
    ]);
    expect(byDefault.data.equals(plain.data)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '{',
    'null',
    '{}',
    JSON.stringify({ ...chosen, quality: 0 }),
    JSON.stringify({ ...chosen, fit: 'wide' }),
    JSON.stringify({ ...chosen, widthPx: 9 }),
  ])('are refused as %j, naming the variable', (text) => {
    expect(() => processingFromText('SKYGROUND_PROCESSING', text)).toThrow(ImageProcessorError);
    expect(() => processingFromText('SKYGROUND_PROCESSING', text)).toThrow('SKYGROUND_PROCESSING: expected');
  });
});

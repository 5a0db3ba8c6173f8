import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf } from '../../errors.ts';
import { defineCheck, type Judgement } from '../check.ts';

interface FontsSeen {
  readonly fontFiles: readonly string[];
  /** With the reason. */
  readonly unreadable: readonly string[];
  /** Of a picture that holds nothing but text. */
  readonly darkPixels: number;
}

/** Below this grey a pixel belongs to a letter. */
const darkBelow = 128;

/** Where a font cannot be read, the renderer leaves the text out without an error: only pixels tell. */
export const fontsCheck = defineCheck({
  id: 'fonts',
  title: 'Fonts for charts',
  after: ['sharp'],
  probe: async (): Promise<FontsSeen> => {
    const [{ drawSampleText }, { default: sharp }] = await Promise.all([
      import('@skyground/charts'),
      import('sharp'),
    ]);
    const { png, fontFiles } = await drawSampleText();
    const pixels = await sharp(png).greyscale().raw().toBuffer();
    const readable = await Promise.allSettled(fontFiles.map((file) => access(file, constants.R_OK)));
    return {
      fontFiles,
      unreadable: readable.flatMap((result) =>
        result.status === 'rejected' ? messageOf(result.reason) : [],
      ),
      darkPixels: pixels.reduce((count, grey) => count + (grey < darkBelow ? 1 : 0), 0),
    };
  },
  judge: judgeFonts,
});

export function judgeFonts({ fontFiles, unreadable, darkPixels }: FontsSeen): Judgement {
  const advice = 'Delete node_modules and run the command again: the font comes with a package.';
  if (unreadable.length > 0)
    return { status: 'problem', seen: `cannot be read: ${unreadable.join('; ')}`, advice };
  if (darkPixels === 0)
    return { status: 'problem', seen: 'text is left out of pictures: not one dark pixel was drawn', advice };
  const names = fontFiles.map((file) => basename(file)).join(', ');
  return { status: 'ok', seen: `${names}: text is drawn (${darkPixels} dark pixels)` };
}

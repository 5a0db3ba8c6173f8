import { generateImage } from '@skyground/imaging';

/** The picture that the pipeline is measured with: a lake at noon, as a camera would store it. The same size gives the same bytes. */
export async function testImage(size: {
  readonly widthPx: number;
  readonly heightPx: number;
}): Promise<Buffer> {
  const { data } = await generateImage({ ...size, seed: 1080, kind: 'lake', palette: 'noon', text: '' });
  return data;
}

import { messageOf } from '../../errors.ts';
import { defineCheck, type Judgement } from '../check.ts';

/** Whether the image library loads and works: it is native code, made for one system and one instruction set. */
export type SharpSeen =
  | { readonly kind: 'works'; readonly version: string; readonly libvips: string }
  | { readonly kind: 'not loaded' | 'not working'; readonly message: string };

export const sharpCheck = defineCheck({ id: 'sharp', title: 'sharp', probe: probeSharp, judge: judgeSharp });

export async function probeSharp(): Promise<SharpSeen> {
  const loaded = await import('sharp').catch((error: unknown) => messageOf(error));
  if (typeof loaded === 'string') return { kind: 'not loaded', message: loaded };
  const { default: sharp } = loaded;
  try {
    const onePixel = { width: 1, height: 1, channels: 3, background: '#336699' } as const;
    await sharp({ create: onePixel }).resize(2).jpeg().toBuffer();
  } catch (error) {
    return { kind: 'not working', message: messageOf(error) };
  }
  return {
    kind: 'works',
    version: sharp.versions.sharp ?? 'of unknown version',
    libvips: sharp.versions.vips,
  };
}

export function judgeSharp(seen: SharpSeen): Judgement {
  if (seen.kind === 'works') {
    return { status: 'ok', seen: `${seen.version} with libvips ${seen.libvips}, processes a pixel` };
  }
  const what = seen.kind === 'not loaded' ? 'could not be loaded' : 'could not process one pixel';
  return {
    status: 'problem',
    // Its own message goes on with a page of advice for every package manager.
    seen: `sharp ${what} on this machine: ${seen.message.trim().split('\n', 1)[0]}`,
    advice: 'Delete node_modules and run the command again.',
  };
}

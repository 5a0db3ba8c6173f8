import { blankImage, checkRawImage, type RawImage } from './raw-image.ts';

/** Where the pixels of a turned image come from: which source pixel its upper left one is, and how rows and columns go on. */
interface Turn {
  /** Rows of the result are columns of the source. */
  readonly swapsAxes: boolean;
  readonly fromRight: boolean;
  readonly fromBottom: boolean;
}

/** A quarter turn clockwise. */
export const rotate90 = turning({ swapsAxes: true, fromRight: false, fromBottom: true });
export const rotate180 = turning({ swapsAxes: false, fromRight: true, fromBottom: true });
/** A quarter turn counter-clockwise. */
export const rotate270 = turning({ swapsAxes: true, fromRight: true, fromBottom: false });
/** Left and right change places. */
export const flipHorizontal = turning({ swapsAxes: false, fromRight: true, fromBottom: false });
/** Top and bottom change places. */
export const flipVertical = turning({ swapsAxes: false, fromRight: false, fromBottom: true });
/** Mirrored at the diagonal from the upper left: rows become columns. */
export const transpose = turning({ swapsAxes: true, fromRight: false, fromBottom: false });

/** Pixels move, none changes. */
function turning({ swapsAxes, fromRight, fromBottom }: Turn): (image: RawImage) => RawImage {
  return (image) => {
    checkRawImage(image);
    const { pixels: source, widthPx, heightPx, channels } = image;
    const turned = blankImage({
      widthPx: swapsAxes ? heightPx : widthPx,
      heightPx: swapsAxes ? widthPx : heightPx,
      channels,
    });
    const { pixels: target } = turned;
    const alongX = (fromRight ? -1 : 1) * channels;
    const alongY = (fromBottom ? -1 : 1) * widthPx * channels;
    const start = ((fromBottom ? heightPx - 1 : 0) * widthPx + (fromRight ? widthPx - 1 : 0)) * channels;
    const columnStep = swapsAxes ? alongY : alongX;
    const rowStep = swapsAxes ? alongX : alongY;
    let to = 0;
    for (let row = 0; row < turned.heightPx; row += 1) {
      let from = start + row * rowStep;
      for (let column = 0; column < turned.widthPx; column += 1, from += columnStep) {
        for (let channel = 0; channel < channels; channel += 1, to += 1)
          target[to] = source[from + channel] ?? 0;
      }
    }
    return turned;
  };
}

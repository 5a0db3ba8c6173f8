import { createRandom } from '../random.ts';
import { meadow } from './meadow.ts';
import { type Brush, type Canvas, mix, type Painter } from './painter.ts';
import { PALETTES, type Palette } from './palette.ts';
import { ridge } from './ridge.ts';
import { sign } from './sign.ts';
import { sky } from './sky.ts';
import { skyline } from './skyline.ts';
import { water } from './water.ts';

export type SceneKind = 'lake' | 'meadow' | 'city';
export type PaletteName = keyof typeof PALETTES;

const KINDS: readonly [SceneKind, ...SceneKind[]] = ['lake', 'meadow', 'city'];
const PALETTE_NAMES: readonly [PaletteName, ...PaletteName[]] = [
  'noon',
  'dawn',
  'dusk',
  'night',
  'autumn',
  'desert',
];
const TEXTS: readonly [string, ...string[]] = [
  'PIER 7',
  'TRAIL 12 KM',
  'SKYGROUND',
  'LAKE VIEW',
  'NO. 42',
  'SUMMIT 2741',
  'HARBOUR',
];

/** What a picture shows. What is left out, the seed chooses. */
export interface SceneChoice {
  readonly seed: number;
  readonly kind?: SceneKind | undefined;
  readonly palette?: PaletteName | undefined;
  /** Capital letters, digits, `.`, `-` and spaces for a sign in the picture; empty for none. */
  readonly text?: string | undefined;
}

/** The painter of a whole picture: layers from far to near. */
export function composeScene(choice: SceneChoice, canvas: Canvas): Painter {
  const random = createRandom(choice.seed);
  const brush: Brush = { canvas, random };
  const kind = choice.kind ?? random.pick(KINDS);
  const palette = PALETTES[choice.palette ?? random.pick(PALETTE_NAMES)];
  const text = choice.text ?? (random.next() < 0.4 ? random.pick(TEXTS) : '');
  const shore = random.between(0.58, 0.7);
  const above = inOrder([sky(brush, palette, shore), ...backdrop(brush, kind, palette, shore)]);
  const foreground =
    kind === 'meadow'
      ? meadow(brush, palette, shore)
      : water(brush, above, mix(palette.zenith, palette.wood, 0.5), shore);
  return inOrder([above, foreground, ...(text === '' ? [] : [sign(brush, text)])]);
}

function backdrop(brush: Brush, kind: SceneKind, palette: Palette, shore: number): readonly Painter[] {
  if (kind === 'city') return [skyline(brush, palette, shore, 0.75), skyline(brush, palette, shore, 0.1)];
  const { random } = brush;
  const mountains = kind === 'lake';
  const layers = mountains ? [0.75, 0.5, 0.12] : [0.7, 0.4];
  const peaks = mountains ? random.between(0.11, 0.17) : random.between(0.04, 0.07);
  const snow = mountains && random.next() < 0.6;
  return layers.map((distance, index) => {
    const nearest = index === layers.length - 1;
    return ridge(brush, {
      level: shore - 0.03 - peaks * 2 * distance,
      swing: nearest ? 0.03 : peaks * (0.4 + distance * 0.6),
      colour: nearest ? palette.wood : palette.rock,
      haze: palette.horizon,
      distance,
      trees: nearest,
      snow: snow && !nearest,
    });
  });
}

function inOrder(painters: readonly Painter[]): Painter {
  return (row, y) => {
    for (const paint of painters) paint(row, y);
  };
}

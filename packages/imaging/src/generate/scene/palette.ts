import type { Colour } from './painter.ts';

/** The colours of one hour and season. */
export interface Palette {
  readonly zenith: Colour;
  readonly middle: Colour;
  readonly horizon: Colour;
  readonly cloud: Colour;
  readonly sun: Colour;
  readonly rock: Colour;
  readonly wood: Colour;
  readonly ground: Colour;
  readonly flower: Colour;
  /** Share of the windows that are lit. */
  readonly lit: number;
}

export const PALETTES = {
  noon: {
    zenith: [46, 98, 168],
    middle: [104, 158, 212],
    horizon: [196, 220, 236],
    cloud: [250, 250, 250],
    sun: [255, 250, 232],
    rock: [104, 102, 104],
    wood: [42, 66, 44],
    ground: [104, 128, 58],
    flower: [240, 214, 70],
    lit: 0.05,
  },
  dawn: {
    zenith: [66, 92, 148],
    middle: [190, 150, 170],
    horizon: [250, 208, 164],
    cloud: [252, 214, 196],
    sun: [255, 238, 200],
    rock: [112, 92, 104],
    wood: [50, 62, 54],
    ground: [98, 104, 62],
    flower: [236, 150, 170],
    lit: 0.25,
  },
  dusk: {
    zenith: [36, 40, 86],
    middle: [150, 78, 104],
    horizon: [248, 148, 76],
    cloud: [226, 112, 92],
    sun: [255, 214, 150],
    rock: [74, 58, 76],
    wood: [32, 30, 42],
    ground: [70, 62, 44],
    flower: [214, 96, 60],
    lit: 0.55,
  },
  night: {
    zenith: [8, 12, 32],
    middle: [18, 28, 62],
    horizon: [52, 66, 104],
    cloud: [58, 66, 96],
    sun: [236, 238, 226],
    rock: [26, 30, 46],
    wood: [12, 16, 24],
    ground: [24, 32, 34],
    flower: [90, 100, 130],
    lit: 0.6,
  },
  autumn: {
    zenith: [92, 118, 150],
    middle: [158, 176, 190],
    horizon: [226, 222, 208],
    cloud: [238, 236, 232],
    sun: [255, 244, 214],
    rock: [122, 108, 92],
    wood: [126, 74, 30],
    ground: [150, 116, 52],
    flower: [206, 84, 36],
    lit: 0.15,
  },
  desert: {
    zenith: [70, 126, 180],
    middle: [150, 186, 208],
    horizon: [240, 216, 178],
    cloud: [250, 240, 226],
    sun: [255, 248, 220],
    rock: [168, 104, 66],
    wood: [122, 84, 56],
    ground: [206, 160, 104],
    flower: [120, 126, 62],
    lit: 0.1,
  },
} as const satisfies Readonly<Record<string, Palette>>;

import { labelOf } from '../format.ts';
import { COLD_COLOUR, COLD_SHAPE, SIDE_STYLE } from '../theme.ts';

/** What is compared, in the colours, shapes and dashes that tell it apart in any chart. */
export interface ArmLook {
  readonly label: string;
  readonly colour: string;
  readonly shape: string;
  readonly dash: readonly number[];
}

/** Legend entries of their own, which no arm may be called. */
export const COLD = 'cold start';
export const FAILED = 'failed';

/** Okabe and Ito's palette, the two sides of the main comparison first. Past its end colours return with other shapes and dashes. */
const LOOKS: readonly Omit<ArmLook, 'label'>[] = [
  SIDE_STYLE.on_prem,
  SIDE_STYLE.cloud,
  { colour: '#00684f', shape: 'square', dash: [2, 2] },
  { colour: '#d55e00', shape: 'triangle-down', dash: [9, 3, 2, 3] },
  { colour: '#56b4e9', shape: 'triangle-right', dash: [4, 4] },
  { colour: '#cc79a7', shape: 'triangle-left', dash: [12, 4] },
  { colour: '#4d4d4d', shape: 'circle', dash: [1, 3] },
];

export const COLD_LOOK = { label: COLD, colour: COLD_COLOUR, shape: COLD_SHAPE } as const;
export const FAILED_LOOK = { label: FAILED, colour: '#a40000', shape: 'cross' } as const;

/** Names from outside as labels: one visible line, never empty, never twice the same. */
export const uniqueLabels = (
  names: readonly string[],
  reserved: readonly string[] = [COLD, FAILED],
): readonly string[] => {
  const taken = new Set(reserved);
  return names.map((name) => {
    const wanted = labelOf(name, '(no name)');
    let label = wanted;
    for (let count = 2; taken.has(label); count += 1) label = `${wanted} (${count})`;
    taken.add(label);
    return label;
  });
};

/** The look of each arm by its place: the same arms look the same in every chart of a run. */
export const looksOf = (names: readonly string[]): readonly ArmLook[] =>
  uniqueLabels(names).map((label, index) => {
    // By two places each time: the first and the last of the list have one shape.
    const turn = Math.floor(index / LOOKS.length);
    const { colour } = LOOKS[index % LOOKS.length] ?? SIDE_STYLE.on_prem;
    const { shape, dash } = LOOKS[(index + 2 * turn) % LOOKS.length] ?? SIDE_STYLE.on_prem;
    return { label, colour, shape, dash };
  });

type Look = Pick<ArmLook, 'label' | 'colour' | 'shape'>;

/** Colour by the field `series`; `shown` says which entries the legend explains. */
export const colourBySeries = (looks: readonly Look[], legend: object | null) => ({
  field: 'series',
  type: 'nominal' as const,
  scale: { domain: looks.map(({ label }) => label), range: looks.map(({ colour }) => colour) },
  legend,
});

export const shapeBySeries = (looks: readonly Look[], legend: object | null) => ({
  field: 'series',
  type: 'nominal' as const,
  scale: { domain: looks.map(({ label }) => label), range: looks.map(({ shape }) => shape) },
  legend,
});

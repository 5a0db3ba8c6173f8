import type { ImageRecord } from '@skyground/metrics';
import { labelOf } from './format.ts';

export type Side = ImageRecord['source'];

export const SIDES = ['on_prem', 'cloud'] as const satisfies readonly Side[];

/** For places too narrow for the target's label. */
export const SHORT_LABEL: Readonly<Record<Side, string>> = { on_prem: 'on-prem', cloud: 'cloud' };

/** What the reader sees for a side; never empty, never wide enough to squeeze the picture. */
export const sideLabel = (side: Side, input: { readonly targetLabel: string }): string =>
  side === 'on_prem' ? SHORT_LABEL.on_prem : labelOf(input.targetLabel, SHORT_LABEL.cloud);

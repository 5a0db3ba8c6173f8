import { type Parameters, parametersSchema } from '../../src/cloud-vs-onprem/parameters.ts';
import type { Sample } from '../../src/cloud-vs-onprem/sample.ts';
import { cloudRecord, record } from '../records.ts';

export function parameters(change: Partial<Parameters> = {}): Parameters {
  return { ...parametersSchema.parse({ workers: 2 }), ...change };
}

const added = {
  phase: 'compare',
  width: 2,
  roundImages: 1,
  expectedSizeBytes: 100_000,
  timedOut: false,
  listRequests: 0,
  targetLabel: 'cloud (local)',
  priceRegion: 'us-east-1',
  architecture: 'x86_64',
} as const;

/** A complete, successful, warm sample of on-prem; tests change what they are about. */
export function onPremSample(change: Partial<Sample> = {}): Sample {
  return { ...record(), ...added, arm: 'on_prem', declaredMemoryMb: null, logBytes: null, ...change };
}

export function cloudSample(change: Partial<Sample> = {}): Sample {
  return { ...cloudRecord(), ...added, arm: 'cloud', declaredMemoryMb: 1769, logBytes: 500, ...change };
}

/** A round whose images took so long on the wall together, one after the other in equal steps. */
export function round(
  sampleOf: typeof onPremSample,
  { runId, images, wallMs, ...change }: Partial<Sample> & { runId: string; images: number; wallMs: number },
): readonly Sample[] {
  const stepMs = wallMs / images;
  return Array.from({ length: images }, (_, index) =>
    sampleOf({
      runId,
      image: `${index}.jpg`,
      roundImages: images,
      timestamp: new Date(Date.UTC(2026, 10, 21) + (index + 1) * stepMs).toISOString(),
      endToEndMs: (index + 1) * stepMs,
      ...change,
    }),
  );
}

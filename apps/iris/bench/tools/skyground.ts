import { isSent, type LoadSample, runLoad, serviceMs } from '@skyground/load';
import type { Tool } from './tool.ts';

/** Our own generator. */
export const skyground: Tool = async ({ plan, signal }) => {
  const samples: LoadSample[] = [];
  await runLoad(plan, {
    onSamples: (batch) => {
      samples.push(...batch);
    },
    onWarning: console.warn,
    signal,
  });
  const sent = samples.filter(isSent);
  return {
    durationsMs: sent.map(serviceMs),
    failed: sent.filter(({ status }) => status === 'failed').length,
    ownMedianMs: null,
  };
};

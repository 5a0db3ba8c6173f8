import { compare } from '../src/comparison/comparison.ts';
import type { MasterEvent } from '../src/events.ts';
import { cloudRecord, record } from './records.ts';

const comparison = compare({
  runId: 'skyground-20261121T063000Z-1f2e',
  targetLabel: 'cloud (local)',
  seed: 1,
  onPrem: [record()],
  cloud: [cloudRecord()],
  expected: { images: ['a.jpg'], repetitions: 1 },
  interruptedSides: [],
  differentOutputs: null,
});

/** One of each kind; the type makes sure that none is forgotten. */
export const oneOfEach: { readonly [T in MasterEvent['type']]: Extract<MasterEvent, { type: T }> } = {
  runStarted: {
    type: 'runStarted',
    runId: comparison.runId,
    targetLabel: 'cloud (local)',
    images: 12,
    repetitions: 3,
    workers: 2,
    concurrency: 2,
    resumed: false,
  },
  stageStarted: { type: 'stageStarted', stage: 'on-prem' },
  stageProgress: { type: 'stageProgress', stage: 'on-prem', done: 18, total: 36, unit: 'images' },
  stageFinished: { type: 'stageFinished', stage: 'on-prem', durationMs: 1234, summary: '36 images' },
  stageSkipped: { type: 'stageSkipped', stage: 'deploy', reason: 'not asked for' },
  stageStopped: { type: 'stageStopped', stage: 'wait' },
  stageFailed: { type: 'stageFailed', stage: 'upload', message: 'no network' },
  imageStarted: { type: 'imageStarted', side: 'cloud', image: 'a.jpg', repetition: 1, pid: null },
  imageFinished: {
    type: 'imageFinished',
    side: 'cloud',
    record: cloudRecord({ image: 'a\u001b[2J.jpg', status: 'error', error: 'truncated' }),
    earlier: false,
  },
  outputsCompared: { type: 'outputsCompared', identical: 11, different: ['1/a.jpg'] },
  log: { type: 'log', level: 'warning', message: 'busy' },
  compared: {
    type: 'compared',
    comparison,
    terminalChart: [
      [
        { text: 'on-prem ', role: 'label' },
        { text: '███', role: 'onPrem' },
      ],
    ],
    report: '/metrics/charts/index.html',
  },
  runFinished: { type: 'runFinished', exitCode: 3, message: 'Finished.' },
};

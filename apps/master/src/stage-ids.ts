/** The stages of the main job, in the order in which they run. */
export const stageIds = [
  'check',
  'clean',
  'on-prem',
  'deploy',
  'upload',
  'wait',
  'merge',
  'compare',
] as const;

export type StageId = (typeof stageIds)[number];

/** What a person reads. */
export const stageTitles: Readonly<Record<StageId, string>> = {
  check: 'Check this machine and the target',
  clean: 'Clean the previous run',
  'on-prem': 'Process on-premises',
  deploy: 'Deploy the cloud side',
  upload: 'Warm up and upload to S3',
  wait: 'Wait for the cloud',
  merge: 'Download and merge metrics',
  compare: 'Compare and chart',
};

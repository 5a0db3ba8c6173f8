export {
  type CpuShareOption,
  type CpuShareSetting,
  settleCpuShare,
} from './environments/cpu/cpu-share-setting.ts';
export { createLambda } from './lambda.ts';
export type { LambdaOptions } from './options.ts';

import { findCgroupParent } from './cgroup-parent.ts';

/**
 * `off`: a process has what the operating system gives it. `aws`: memory size gives processor time as on AWS, one core at
 * 1,769 MB, by a quota of the kernel's or by stopping and continuing the process.
 */
export type CpuShareSetting =
  | { readonly kind: 'off' }
  | { readonly kind: 'aws'; readonly means: 'cgroup' | 'stop-continue' };

/** As asked for: without means, the kernel's quota where this user may set one. */
export type CpuShareOption =
  | { readonly kind: 'off' }
  | { readonly kind: 'aws'; readonly means?: 'cgroup' | 'stop-continue' };

/** Decides the means by trying. Throws where a control group is asked for and none can be made. */
export function settleCpuShare(wanted: CpuShareOption): CpuShareSetting {
  if (wanted.kind === 'off') return wanted;
  const { means } = wanted;
  if (means === 'stop-continue') return { kind: 'aws', means };
  const parent = findCgroupParent();
  if (parent !== undefined) return { kind: 'aws', means: 'cgroup' };
  if (means === undefined) return { kind: 'aws', means: 'stop-continue' };
  throw new Error(
    'The CPU share by control group needs the right to make control groups with a CPU quota (root, or a delegated group), ' +
      "which this process has not. Ask for means: 'stop-continue', or for none, which takes what there is.",
  );
}

import type { Check } from './check.ts';
import { figure, percent } from './wording.ts';

/** A system's own housekeeping stays below half a core; on large machines a tenth of them shares caches and memory. */
const foreignCoresAllowed = (cores: number) => Math.max(0.5, 0.1 * cores);
const stealShareAllowed = 0.02;

export const machineLoad: Check = {
  id: 'machine-load',
  guards:
    'Other work on the machine, or a host that takes the processor away, slows whatever runs at that moment.',
  find: ({ conditions: { load } }) => {
    if (load === null) return [];
    const { foreignCores, cores, stealShare } = load;
    // Written so that a load that is not a number does not pass as none.
    const isAlone = foreignCores <= foreignCoresAllowed(cores);
    const isUndisturbed = stealShare <= stealShareAllowed;
    if (isAlone && isUndisturbed) return [];
    return [
      {
        checkId: 'machine-load',
        severity: 'warning',
        arms: [],
        seen: `Before the run began, other programs asked for ${figure(foreignCores)} cores of ${figure(cores)} (average of a minute); while it ran, the host took ${percent(stealShare)} of the processor's time.`,
        remedy: 'Close other programs, or measure on a machine (an instance) of its own.',
      },
    ];
  },
};

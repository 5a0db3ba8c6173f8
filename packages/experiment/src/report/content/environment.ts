import { plural } from '@skyground/charts';
import type { Manifest, Session } from '../../run/manifest.ts';
import type { Block, Fact, Section } from '../document.ts';

/** Where, with what and when it was measured, as the manifest kept it. */
export function environmentSection(manifest: Manifest): Section {
  const { machine, source, libraries, tool, seed } = manifest;
  const facts: readonly Fact[] = [
    ['Ran on', manifest.targetLabel],
    ...cloudFacts(manifest),
    ['Processor', `${machine.cpuModel}, ${machine.cores} cores usable`],
    ['Memory', `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ['Operating system', machine.operatingSystem],
    ['Node.js', machine.node],
    ...Object.entries(libraries).map(([name, version]): Fact => [name, version]),
    ['Skyground', tool.version],
    ['Git commit', commitOf(source)],
    ['Lock file (SHA-256)', source.lockFileSha256 ?? 'not known'],
    ['Seed', String(seed)],
    ['Clock resolution', clockSteps(manifest)],
  ];
  return {
    id: 'environment',
    title: 'Environment',
    blocks: [{ kind: 'facts', facts }, sessionsTable(manifest.sessions)],
  };
}

/** What a reader may conclude from the label of the target. */
export function meaningOf({ cloud }: Manifest): string {
  switch (cloud?.kind) {
    case 'local':
      return 'This is the embedded cloud: the programming model of AWS on the hardware of this machine. Its times are those of this machine, not those of AWS.';
    case 'endpoint':
      return 'This is a server that speaks the protocols of AWS: its times are its own, not those of AWS.';
    case 'aws':
      return 'This is AWS itself.';
    case undefined:
      return 'Nothing of it ran in a cloud.';
  }
}

/** How finely the clock that the durations come from was seen to tell times apart. */
export function clockSteps({ machine }: Manifest): string {
  return `${Number(machine.clockResolutionMs.toPrecision(2))} ms`;
}

function cloudFacts({ cloud }: Manifest): readonly Fact[] {
  if (cloud === null) return [];
  const shares = { off: 'off: functions had the whole processor', aws: 'by memory size, as on AWS' };
  return [
    ['Region', cloud.region],
    ['Prices of region', cloud.priceRegion],
    ...(cloud.cpuShare === null ? [] : [['Processor share of functions', shares[cloud.cpuShare]] as const]),
  ];
}

function commitOf({ gitCommit, isDirty }: Manifest['source']): string {
  if (gitCommit === null) return 'not known';
  return isDirty === true ? `${gitCommit}, with changes that are in no commit` : gitCommit;
}

function sessionsTable(sessions: readonly Session[]): Block {
  return {
    kind: 'table',
    caption: 'Sessions',
    note: 'One for the beginning of the run and one for each time it was resumed. Load before: programs that ran or waited for a processor in the minute before, on average. Stolen: what the host took of processor time meanwhile. Clock offset: this machine minus the cloud.',
    table: {
      columns: ['started (UTC)', 'finished (UTC)', 'outcome', 'load before', 'stolen', 'clock offset'],
      rows: sessions.map(({ startedAt, finishedAt, outcome, load, conditions }) => [
        startedAt,
        finishedAt ?? 'not known',
        outcome,
        load === null ? 'not known' : `${load.foreignCores.toFixed(2)} on ${plural(load.cores, 'core')}`,
        load === null ? 'not known' : `${(load.stealShare * 100).toFixed(1)} %`,
        offsetOf(conditions),
      ]),
    },
  };
}

function offsetOf(conditions: Session['conditions']): string {
  if (conditions === null) return 'not known';
  const { clockOffset } = conditions;
  if (clockOffset === null) return 'one clock';
  return `${clockOffset.offsetMs.toFixed(2)} ± ${clockOffset.uncertaintyMs.toFixed(2)} ms`;
}

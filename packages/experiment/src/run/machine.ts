import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { clockResolutionMs } from './clock.ts';
import type { Manifest } from './manifest.ts';

export function describeMachine(): Manifest['machine'] {
  return {
    cpuModel: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    operatingSystem: `${type()} ${release()} ${process.arch}`,
    node: process.versions.node,
    clockResolutionMs: clockResolutionMs(),
  };
}

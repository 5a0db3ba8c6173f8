import { type CloudClients, createClients } from '../clients.ts';
import type { LayeredSettings } from '../config/settings.ts';
import {
  type CpuShare,
  resolveTarget,
  type StaticCredentials,
  startedLocalTarget,
} from '../config/target.ts';
import { shQuoted } from './route-commands.ts';

/** What of the embedded cloud's package is used. It is handed in, because that package and this one are of the same layer. */
export interface LocalCloudModule {
  readonly DEFAULT_STATE_DIR: string;
  readonly DEFAULT_PORT: number;
  readonly ensureLocalCloud: (options: {
    readonly stateDir: string;
    readonly signal: AbortSignal;
    readonly onLog?: (line: string) => void;
  }) => Promise<{
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: StaticCredentials;
    readonly cpuShare: CpuShare;
    readonly startedHere: boolean;
    stop(): Promise<void>;
  }>;
}

export interface OpenTargetOptions {
  readonly settings: LayeredSettings;
  readonly environment: NodeJS.ProcessEnv;
  readonly useAmbientCredentials: boolean;
  /** Of the embedded cloud; undefined: `.skyground` at the root of the repository. */
  readonly stateDir: string | undefined;
  readonly signal: AbortSignal;
  /** Every line that an embedded cloud started here prints. */
  readonly onLog?: (line: string) => void;
}

/** A target that can be spoken to. */
export interface OpenedTarget {
  readonly clients: CloudClients;
  /** What a person should know before anything is sent. */
  readonly notices: readonly string[];
  /** Where to find the embedded cloud again if it was started here, because `close` will stop it. */
  readonly later: { readonly endpoint: string; readonly command: string } | undefined;
  /** Closes connections, and stops the embedded cloud if it was started here; its state stays. */
  readonly close: () => Promise<void>;
}

/** Resolves the target of the settings and opens it; for `local` that finds the embedded cloud of `stateDir`, or starts one. */
export async function openTarget(
  options: OpenTargetOptions,
  localCloud: () => Promise<LocalCloudModule>,
): Promise<OpenedTarget> {
  const { target, notices } = resolveTarget(options.settings, options);
  if (target.kind !== 'local') {
    const clients = createClients(target);
    return { clients, notices, later: undefined, close: async () => clients.destroy() };
  }
  const { DEFAULT_STATE_DIR, DEFAULT_PORT, ensureLocalCloud } = await localCloud();
  const cloud = await ensureLocalCloud({
    stateDir: options.stateDir ?? DEFAULT_STATE_DIR,
    signal: options.signal,
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  });
  const clients = createClients(startedLocalTarget(target, cloud));
  const close = async (): Promise<void> => {
    clients.destroy();
    await cloud.stop();
  };
  const command =
    options.stateDir === undefined
      ? 'npm run cloud'
      : `npm run cloud -- --state ${shQuoted(options.stateDir)}`;
  const later = cloud.startedHere ? { endpoint: `http://127.0.0.1:${DEFAULT_PORT}`, command } : undefined;
  return { clients, notices, later, close };
}

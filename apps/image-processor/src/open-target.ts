import {
  type CloudClients,
  createClients,
  type LayeredSettings,
  resolveTarget,
  startedLocalTarget,
} from '@skyground/cloud';

/** A target that can be spoken to. */
export interface OpenedTarget {
  readonly clients: CloudClients;
  /** What a person should know before anything is sent. */
  readonly notices: readonly string[];
  /** Closes connections, and stops the embedded cloud if it was started here; its state stays. */
  readonly close: () => Promise<void>;
}

/** Resolves the target of the settings and opens it; for `local` that finds the embedded cloud of `stateDir`, or starts one. */
export async function openTarget(options: {
  readonly settings: LayeredSettings;
  readonly environment: NodeJS.ProcessEnv;
  readonly useAmbientCredentials: boolean;
  /** Of the embedded cloud; undefined: `.skyground` at the root of the repository. */
  readonly stateDir: string | undefined;
  readonly signal: AbortSignal;
  /** Every line that an embedded cloud started here prints. */
  readonly onLog?: (line: string) => void;
}): Promise<OpenedTarget> {
  const { target, notices } = resolveTarget(options.settings, options);
  if (target.kind !== 'local') return opened(createClients(target), notices, async () => {});
  const { DEFAULT_STATE_DIR, ensureLocalCloud } = await import('@skyground/local-cloud');
  const cloud = await ensureLocalCloud({
    stateDir: options.stateDir ?? DEFAULT_STATE_DIR,
    signal: options.signal,
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  });
  return opened(createClients(startedLocalTarget(target, cloud)), notices, () => cloud.stop());
}

function opened(clients: CloudClients, notices: readonly string[], stop: () => Promise<void>): OpenedTarget {
  const close = async (): Promise<void> => {
    clients.destroy();
    await stop();
  };
  return { clients, notices, close };
}

/** `840 ms`, `3.2 s`, `2 min 05 s`: what a person reads; files keep exact milliseconds. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${durationMs.toFixed(0)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(1)} s`;
  const wholeSeconds = Math.round(durationMs / 1000);
  return `${Math.floor(wholeSeconds / 60)} min ${String(wholeSeconds % 60).padStart(2, '0')} s`;
}

/** Milliseconds to three significant digits at the least, without losing whole ones. */
export function formatMs(durationMs: number): string {
  return `${durationMs.toFixed(durationMs < 10 ? 2 : durationMs < 100 ? 1 : 0)} ms`;
}

export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} B`;
  if (sizeBytes < 1_000_000) return `${(sizeBytes / 1000).toFixed(0)} kB`;
  return `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}

export function outputsSentence(compared: { readonly identical: number; readonly different: readonly string[] }): string {
  const total = compared.identical + compared.different.length;
  return `${compared.identical} of ${total} outputs are byte-identical on both sides`;
}

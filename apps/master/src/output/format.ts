/** `840 ms`, `3.2 s`, `2 min 05 s`: what a person reads; files keep exact milliseconds. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 999.5) return `${durationMs.toFixed(0)} ms`;
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  return formatSeconds(durationMs);
}

/** `0 s`, `42 s`, `2 min 05 s`, `1 h 07 min`: of what changes while one looks at it. */
export function formatSeconds(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${twoDigits(Math.floor((seconds % 3600) / 60))} min`;
}

/** Milliseconds to three significant digits at the least, without losing whole ones. */
export function formatMs(durationMs: number): string {
  return `${durationMs.toFixed(durationMs < 9.995 ? 2 : durationMs < 99.95 ? 1 : 0)} ms`;
}

export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} B`;
  if (sizeBytes < 999_500) return `${(sizeBytes / 1000).toFixed(0)} kB`;
  if (sizeBytes < 999_950_000) return `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
  return `${(sizeBytes / 1_000_000_000).toFixed(1)} GB`;
}

/** Three significant digits, never as a power of ten: `3,230`, `0.000123`. */
export function formatQuantity(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

export function outputsSentence(compared: {
  readonly identical: number;
  readonly different: readonly string[];
}): string {
  const total = compared.identical + compared.different.length;
  return `${compared.identical} of ${total} outputs are byte-identical on both sides`;
}

/** File names and log lines come from outside: what would steer a terminal is shown as a sign instead. Line ends stay. */
export function printable(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]|\p{Bidi_Control}/gu, '\ufffd');
}

/** `--json`: one event a line on standard output, nothing else there. */
export function jsonOutput<Event extends { readonly type: string }>(
  write: (text: string) => void,
  now: () => Date,
): (event: Event) => void {
  return (event) => {
    const timed = { at: now().toISOString(), ...event };
    write(`${JSON.stringify(timed, (key, value: unknown) => (isForReaders(key) ? value : undefined))}\n`);
  };
}

/** A drawing is for eyes: its figures are in the comparison. A caught error has been put into words in the message beside it. */
function isForReaders(key: string): boolean {
  return key !== 'terminalChart' && key !== 'cause';
}

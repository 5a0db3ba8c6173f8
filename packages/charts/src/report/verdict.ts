/** What the comparison found, as the caller worked it out; the page only shows it. */
export interface Verdict {
  /** One sentence, first on the page. */
  readonly headline: string;
  readonly details: readonly string[];
  /** What limits or spoils the comparison. */
  readonly findings: readonly Finding[];
}

export interface Finding {
  /** error: the comparison is not valid. warning: read it with care. */
  readonly level: 'error' | 'warning';
  readonly text: string;
}

/**
 * A metrics file or record that cannot be used as it is. Always something the caller can mend: the message says what
 * was expected, where (file and line), what came, and what to do.
 */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';
  /** The file (or what stands for it) at fault; undefined where a record never reached one. */
  readonly file: string | undefined;
  /** 1-based line at fault, where there is one. */
  readonly line: number | undefined;

  constructor(
    message: string,
    where: { readonly file?: string; readonly line?: number; readonly cause?: unknown } = {},
  ) {
    super(message, where.cause === undefined ? undefined : { cause: where.cause });
    this.file = where.file;
    this.line = where.line;
  }
}

/** A chart that could not be drawn or written: our fault, or the disk's; never the data's. */
export class ChartError extends Error {
  override readonly name = 'ChartError';
  readonly chartId: string;

  constructor(chartId: string, problem: string, options: { readonly cause: unknown }) {
    super(
      `Chart "${chartId}": ${problem}: ${options.cause instanceof Error ? options.cause.message : String(options.cause)}`,
      options,
    );
    this.chartId = chartId;
  }
}

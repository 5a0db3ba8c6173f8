/** Input or stored objects that are not as the pipeline has them. The message says what was expected, of what, and what came. */
export class PipelineError extends Error {
  override readonly name: string = 'PipelineError';
}

/** What a person can set right: a bucket that is missing, an object that is in the way. */
export class PipelineUsageError extends PipelineError {
  override readonly name = 'PipelineUsageError';
}

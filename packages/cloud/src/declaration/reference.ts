/** Another resource of the app by its key. It stands for what the SDK takes: the name of a bucket or table, the ARN of a function or state machine. */
export type Reference<
  B extends string = string,
  T extends string = string,
  F extends string = string,
  M extends string = string,
> = { readonly bucket: B } | { readonly table: T } | { readonly function: F } | { readonly stateMachine: M };

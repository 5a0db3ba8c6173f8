/** A started execution, and where its history is. */
export type Execution =
  | { readonly type: 'STANDARD'; readonly arn: string }
  | {
      readonly type: 'EXPRESS';
      readonly arn: string;
      /** Of its machine, whose log level is ALL. */
      readonly logGroup: string;
      /** When it was started, by this machine's clock: epoch milliseconds. */
      readonly startedMs: number;
    };

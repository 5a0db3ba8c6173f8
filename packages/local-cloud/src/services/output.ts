/** What an operation answers: the SDK's output without what the SDK adds of the HTTP exchange. */
export type Output<CommandOutput> = Omit<CommandOutput, '$metadata'>;

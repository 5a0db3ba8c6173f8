import type { CloudClients } from '@skyground/cloud';

/** What a client makes of a response. */
export interface Answer {
  readonly response: unknown;
  readonly output: Readonly<Record<string, unknown>>;
}

/** Puts somebody between a client and its target for one operation, so that AWS's slower ways can be played. */
export function intercept(
  client: CloudClients['sfn' | 'lambda' | 'dynamodb' | 'apigateway'],
  operation: string,
  answer: (send: () => Promise<Answer>) => Promise<Answer>,
): void {
  // The stacks differ in inputs and outputs, of which nothing is known here.
  const { middlewareStack } = client as unknown as { middlewareStack: Stack };
  middlewareStack.add(
    (next, context) => (args) => (context.commandName === operation ? answer(() => next(args)) : next(args)),
    { step: 'initialize' },
  );
}

interface Stack {
  add(
    middleware: (
      next: (args: object) => Promise<Answer>,
      context: { readonly commandName?: string },
    ) => (args: object) => Promise<Answer>,
    options: { readonly step: 'initialize' },
  ): void;
}

/** Does every step, also after one that failed; then throws, with what failed and how to finish. */
export async function cleanUp(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 0) return;
  const reasons = failures.map((error) => (error instanceof Error ? error.message : String(error)));
  throw new Error(
    `The functions of the experiment could not be restored: ${reasons.join('; ')}. Environments that are still provisioned cost money: remove everything with npm run destroy:experiment -w apps/iris, and the flags of this run.`,
    { cause: failures[0] },
  );
}

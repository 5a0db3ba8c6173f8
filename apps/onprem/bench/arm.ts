import { z } from 'zod';

const armSchema = z.strictObject({
  paths: z.array(z.string()),
  outputDir: z.string(),
  cores: z.int().positive(),
});

export type Arm = z.infer<typeof armSchema>;

/** What the bench asks of a program that it times: it comes as the first argument. */
export function parseArm(): Arm {
  return armSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
}

/** How a program answers: without its own start and warm-up. */
export function printSeconds(durationMs: number): void {
  console.log(JSON.stringify({ seconds: durationMs / 1000 }));
}

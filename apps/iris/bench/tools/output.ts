import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a command printed. Throws where it is not installed or ends with another exit code, with what it said. */
export async function output(
  command: string,
  args: readonly string[],
  {
    cwd,
    signal,
    exitCodes,
  }: { readonly cwd?: string; readonly signal: AbortSignal; readonly exitCodes: readonly number[] },
): Promise<string> {
  const child = spawn(command, args, { cwd, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    complained += String(chunk);
  });
  const [exitCode]: unknown[] = await once(child, 'close');
  if (exitCodes.some((expected) => expected === exitCode)) return said;
  throw new Error(
    `${command} ended with ${String(exitCode)}, expected ${exitCodes.join(' or ')}: ${complained.trim().slice(-2000)}`,
  );
}

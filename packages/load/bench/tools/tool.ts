import { spawn } from 'node:child_process';

/** What a tool is asked for. Tools without a rate of their own go as fast as their connections let them. */
export interface Job {
  readonly url: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
}

/** What a tool says of its run, as its user would read it. */
export interface ToolReport {
  readonly version: string;
  /** How it decides when to send, in a few words. */
  readonly model: string;
  readonly sent: number;
  /** null where it has no such count. */
  readonly dropped: number | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** What else it says that concerns a stall. */
  readonly remark: string;
}

/** undefined where the tool is not installed. */
export type Tool = (job: Job) => Promise<ToolReport | undefined>;

/** What a command printed, whatever its exit code; undefined where there is no such command. */
export function outputOf(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    child.once('error', () => resolve(undefined));
    child.once('close', () => resolve(text));
  });
}

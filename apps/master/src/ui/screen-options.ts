import type { RenderOptions } from 'ink';

/** How every screen of ours is drawn: on the alternate screen, so that a person's scrollback stays theirs. */
export const screenOptions = {
  alternateScreen: true,
  incrementalRendering: true,
  maxFps: 12,
  // Ctrl-C is ours: Ink would end with exit code 0.
  exitOnCtrlC: false,
  patchConsole: false,
} as const satisfies RenderOptions;

/**
 * Resolves with the exit code when this process is told to stop: Ctrl-C (130), SIGTERM (143), or the end of the parent that
 * started it as a child (0). A second Ctrl-C ends it at once.
 */
export function untilToldToStop(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  process.once('SIGINT', () => {
    process.on('SIGINT', () => process.exit(130));
    resolve(130);
  });
  process.once('SIGTERM', () => resolve(143));
  process.once('SIGHUP', () => resolve(129));
  if (process.send !== undefined) {
    process.once('disconnect', () => resolve(0));
    // The parent may have gone while this process was still loading.
    if (!process.connected) resolve(0);
  }
  return promise;
}

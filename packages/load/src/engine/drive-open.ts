import { type DriveContext, Session } from './session.ts';

/**
 * Between so many requests answers are read. Opening a connection takes longer than reading an answer: whoever fell behind and
 * only sent would open one for each request, fall further behind, and read nothing until the schedule ends.
 */
const mostAtOnce = 16;

/**
 * Sends each request of the schedule when it is due, whatever became of earlier ones. If this thread was held up, those
 * that fell due meanwhile are sent as fast as it goes and keep their due times.
 */
export async function driveOpen(schedule: Float64Array, context: DriveContext): Promise<void> {
  const { alarm, nowMs, signal, startAtMs } = context;
  const session = new Session(context);
  const allSent = Promise.withResolvers<void>();
  let next = 0;
  const sendDue = (): void => {
    for (let sent = 0; ; sent += 1) {
      const dueMs = schedule[next];
      if (dueMs === undefined || signal.aborted) break;
      const dueAtMs = startAtMs + dueMs;
      if (dueAtMs > nowMs()) {
        alarm.set(dueAtMs, sendDue);
        return;
      }
      if (sent === mostAtOnce) {
        setImmediate(sendDue);
        return;
      }
      next += 1;
      void session.issue(dueAtMs, null);
    }
    allSent.resolve();
  };
  const onAbort = (): void => allSent.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    sendDue();
    await session.until(allSent.promise);
    await session.over();
  } finally {
    next = schedule.length;
    signal.removeEventListener('abort', onAbort);
  }
}

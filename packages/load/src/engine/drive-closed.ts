import { thinkTimesMs, userStartsMs } from '../model/closed-schedule.ts';
import type { ClosedModel } from '../model/plan.ts';
import { Agenda } from './agenda.ts';
import { type DriveContext, Session } from './session.ts';

/**
 * Lets users ask, wait for their answer, think, and ask again until the run time is over. A request is due when its
 * user has thought; a stalled target therefore delays what is due next (that is this model, and its blind spot).
 */
export async function driveClosed(model: ClosedModel, context: DriveContext): Promise<void> {
  const { alarm, nowMs, signal, startAtMs } = context;
  const endAtMs = startAtMs + model.runTimeMs;
  const session = new Session(context);
  const agenda = new Agenda();
  const runTimeOver = Promise.withResolvers<void>();
  const thinkMs = userStartsMs(model).map((startMs, user) => {
    agenda.add({ atMs: startAtMs + startMs, user });
    return thinkTimesMs(model, user);
  });

  const sendDue = (): void => {
    for (;;) {
      const now = nowMs();
      if (signal.aborted || now >= endAtMs) break;
      const entry = agenda.earliest;
      if (entry === undefined || entry.atMs > now) {
        alarm.set(Math.min(entry?.atMs ?? endAtMs, endAtMs), sendDue);
        return;
      }
      agenda.removeEarliest();
      void ask(entry.user, entry.atMs);
    }
    runTimeOver.resolve();
  };
  const ask = async (user: number, dueAtMs: number): Promise<void> => {
    await session.issue(dueAtMs, user);
    const think = thinkMs[user];
    if (think === undefined || signal.aborted) return;
    agenda.add({ atMs: nowMs() + think(), user });
    sendDue();
  };

  const onAbort = (): void => runTimeOver.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    sendDue();
    await session.until(runTimeOver.promise);
    await session.over();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

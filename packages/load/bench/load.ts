import { isSent, type LoadPlan, type LoadSample, runLoad, type SentSample } from '../src/index.ts';

/** Runs an even open load on a URL and gives what was sent, the number dropped and the CPU share of our threads. */
export async function evenLoad(
  url: string,
  ratePerSecond: number,
  seconds: number,
): Promise<{ readonly sent: SentSample[]; readonly dropped: number; readonly cpuPercent: number }> {
  const plan: LoadPlan = {
    name: 'bench',
    model: {
      kind: 'open',
      stages: [
        { durationMs: seconds * 1000, startRatePerSecond: ratePerSecond, endRatePerSecond: ratePerSecond },
      ],
      arrivals: 'even',
      seed: 1,
      // What falls due in a second, so that a pause of the machine drops nothing.
      maxInFlight: Math.max(1000, ratePerSecond),
    },
    target: { kind: 'http', url, method: 'GET', headers: {}, body: null, answerIdHeader: null },
    requestTimeoutMs: 30_000,
  };
  const samples: LoadSample[] = [];
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  await runLoad(plan, {
    onSamples: (batch) => {
      samples.push(...batch);
    },
    onWarning: console.warn,
    signal: new AbortController().signal,
  });
  const { user, system } = process.cpuUsage(cpu);
  const sent = samples.filter(isSent).toSorted((a, b) => a.sequence - b.sequence);
  return {
    sent,
    dropped: samples.length - sent.length,
    cpuPercent: (user + system) / 10 / (performance.now() - startMs),
  };
}

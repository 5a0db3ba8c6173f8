import { useEffect, useState } from 'react';

/** Re-renders twice a second, for elapsed times; everything else is drawn when it happens. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  // An event may be newer than the last tick: elapsed times must not become negative.
  return Math.max(nowMs, performance.now());
}

/** What has to happen at once when the process ends; synchronous. */
type Cleanup = () => void;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const cleanups = new Set<Cleanup>();

function runAll(): void {
  for (const cleanup of cleanups) {
    cleanup();
  }
  cleanups.clear();
}

function onSignal(signal: NodeJS.Signals): void {
  runAll();
  stopListening();
  // The default reaction, which our listener had replaced, unless somebody else wants to decide.
  if (process.listenerCount(signal) === 0) {
    process.kill(process.pid, signal);
  }
}

function stopListening(): void {
  process.off('exit', runAll);
  for (const signal of SIGNALS) {
    process.off(signal, onSignal);
  }
}

/** Runs `cleanup` when the process exits, crashes or gets a signal. Returns how to take it back. */
export function atExit(cleanup: Cleanup): () => void {
  if (cleanups.size === 0) {
    process.on('exit', runAll);
    for (const signal of SIGNALS) {
      process.on(signal, onSignal);
    }
  }
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) {
      stopListening();
    }
  };
}

/** Cleanup when the process ends; synchronous. */
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
  // Our listener replaced the default reaction. Restore it unless there are other listeners.
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

/** Runs `cleanup` when the process exits, crashes or gets a signal. Returns a function that cancels it. */
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

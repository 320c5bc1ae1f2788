/**
 * Lets a command end quietly if the reader of its output is gone, as in `verify | head -3`. The command goes on, so that
 * it leaves nothing half done and its exit code stays true.
 *
 * @returns a promise that resolves when a reader is gone
 */
export function ignoreClosedPipe(): Promise<void> {
  return new Promise((resolve) => {
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') {
          throw error;
        }
        resolve();
      });
    }
  });
}

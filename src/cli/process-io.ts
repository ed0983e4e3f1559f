import type { Io } from './io.ts';

/** The streams of this process. A reader that goes away ends the process quietly, as `| head` expects. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }
  return { stdin, stdout, stderr, env, isTerminal: stdout.isTTY === true, columns: stdout.columns ?? 100 };
}

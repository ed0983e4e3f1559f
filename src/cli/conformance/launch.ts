/*
 * A testee as a process of its own, which is ended with all that it has started.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Input } from '../io.ts';
import type { Testee } from './drive.ts';

/** How much of what a testee says on standard error is kept. */
const LAST_WORDS = 1000;

const alive = new Set<ChildProcess>();

/** Starts the command line in a shell. */
export function launch(command: string): Testee {
  const child = spawn(command, { shell: true, detached: process.platform !== 'win32', windowsHide: true });
  if (alive.size === 0) process.on('SIGINT', endAll).on('SIGTERM', endAll);
  alive.add(child);
  let words = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (piece: string) => {
    words = (words + piece).slice(-LAST_WORDS);
  });
  // A testee that goes away is told by the end of its output.
  child.stdin.on('error', () => undefined);
  child.stdout.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
    });
  }).finally(() => {
    alive.delete(child);
    if (alive.size === 0) process.off('SIGINT', endAll).off('SIGTERM', endAll);
  });
  return {
    output: child.stdout as Input,
    ended,
    lastWords: () => words.trim(),
    send: (text) => void child.stdin.write(text),
    end: () => void child.stdin.end(),
    kill() {
      kill(child);
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

/** With its group, where there are groups: the shell and what it has started. */
function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function endAll(signal: NodeJS.Signals): void {
  for (const child of alive) kill(child);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

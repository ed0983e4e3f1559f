/*
 * What a command may use of the outside. Tests hand in streams of their own.
 */
import { open } from 'node:fs/promises';

/** What comes in: octets, in pieces. */
export type Input = AsyncIterable<Uint8Array>;

/** What goes out: a Node stream is one. */
export interface Output {
  write(piece: string | Uint8Array): boolean;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
  readonly destroyed?: boolean | undefined;
}

export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Of the terminal; 100 where there is none. */
  readonly columns: number;
}

/** Writes, and waits until the reader has caught up where it has fallen behind. */
export async function write(output: Output, piece: string | Uint8Array): Promise<void> {
  if (output.destroyed === true || output.write(piece)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      output.off('drain', done);
      output.off('close', done);
      resolve();
    };
    output.once('drain', done);
    output.once('close', done);
  });
}

/** A file cannot be read, or is more than anybody means to hand in. */
export class InputError extends Error {}

/** More than this is no message; nothing is allocated from what a file says about its size. */
const MOST = 64 * 1024 * 1024;

/** All octets of a file, or of standard input where the name is "-". Throws InputError. */
export async function readInput(name: string, io: Io): Promise<Uint8Array> {
  if (name === '-') return readAll(io.stdin, name);
  try {
    const file = await open(name);
    try {
      return await readAll(file.createReadStream({ autoClose: false }), name);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readAll(input: Input, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    length += piece.length;
    if (length > MOST) throw new InputError(`${name}: more than ${MOST} octets`);
    pieces.push(piece);
  }
  const octets = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    octets.set(piece, at);
    at += piece.length;
  }
  return octets;
}

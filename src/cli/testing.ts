/* Streams and files for the tests of the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './io.ts';
import { run } from './run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly octets: Uint8Array;
  readonly stderr: string;
}

export interface Around {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly columns?: number;
}

/** Streams that keep what is written to them. */
export function memoryIo({ stdin = '', env = {}, isTerminal = false, columns = 100 }: Around = {}): {
  readonly io: Io;
  readonly out: () => Uint8Array;
  readonly err: () => Uint8Array;
} {
  const pieces: { readonly out: Uint8Array[]; readonly err: Uint8Array[] } = { out: [], err: [] };
  const keep = (list: Uint8Array[]): Io['stdout'] => ({
    write: (piece) => list.push(typeof piece === 'string' ? Buffer.from(piece) : piece) > 0,
    once: () => undefined,
    off: () => undefined,
  });
  async function* input(): AsyncGenerator<Uint8Array> {
    if (stdin.length > 0) yield typeof stdin === 'string' ? Buffer.from(stdin) : stdin;
  }
  const io: Io = { stdin: input(), stdout: keep(pieces.out), stderr: keep(pieces.err), env, isTerminal, columns };
  return { io, out: () => Buffer.concat(pieces.out), err: () => Buffer.concat(pieces.err) };
}

/** Runs the command in this process. */
export async function oma(args: readonly string[], around?: Around): Promise<Ran> {
  const { io, out, err } = memoryIo(around);
  const code = await run(args, io);
  return { code, stdout: new TextDecoder().decode(out()), octets: out(), stderr: new TextDecoder().decode(err()) };
}

/** Files in a folder of their own, by name; `use` gets their paths. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (paths: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'oma-im-'));
  try {
    const paths = Object.entries(files).map(([name, content]) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    });
    return await use(paths);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A pager message in octets, line by line. */
export const MESSAGE: string = [
  'MESSAGE sip:bob@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'Max-Forwards: 70',
  'f: "Al" <sip:alice@example.com>;tag=1',
  'To: <sip:bob@example.com>',
  'Call-ID: a@192.0.2.1',
  'CSeq: 1 MESSAGE',
  'Accept-Contact: *;+g.oma.sip-im',
  'User-Agent: IM-client/OMA1.0 acme/phone-1.2',
  'Content-Type: text/plain',
  'Content-Length: 2',
  '',
  'hi',
].join('\r\n');

export const INPUT: string = JSON.stringify({
  from: '<sip:alice@example.com>',
  to: { group: 'sip:team@example.com' },
  release: 'IM-client/OMA1.0 acme/phone-1.2',
  body: { contentType: 'application/octet-stream', content: { base64: 'AP8N' } },
  reserve: 100,
});

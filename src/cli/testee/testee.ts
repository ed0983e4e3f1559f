/*
 * The testee protocol: one JSON object a line comes in, one JSON object a line goes out, in the same order.
 */
import { utf8 } from '../../core/octets.ts';
import type { Input, Output } from '../io.ts';
import { write } from '../io.ts';
import { toJson } from '../json.ts';
import type { Answer } from './answer.ts';
import { readLines } from './lines.ts';
import { answer } from './operations.ts';

/** Answers each line of the input until it ends, never faster than the answers are read. */
export async function serve(input: Input, output: Output): Promise<void> {
  for await (const line of readLines(input)) {
    if (output.destroyed === true) return;
    await write(output, `${answerLine(line)}\n`);
  }
}

/** The answer to one line, as a line. Never throws. */
export function answerLine(line: Uint8Array | undefined): string {
  if (line === undefined) return unsupported('the line is too long');
  const text = utf8(line);
  if (text === undefined) return unsupported('the line is no UTF-8');
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return unsupported('the line is no JSON');
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    return unsupported('the line is no JSON object');
  }
  const { id } = request as { readonly id?: unknown };
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  return JSON.stringify({ id: known, ...guarded(request as Readonly<Record<string, unknown>>) });
}

function unsupported(reason: string): string {
  return JSON.stringify({ id: null, outcome: 'unsupported', reason });
}

function guarded(request: Readonly<Record<string, unknown>>): object {
  try {
    return toJson(answer(request) satisfies Answer) as object;
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { outcome: 'failure', message };
  }
}

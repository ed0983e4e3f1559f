import type * as z from 'zod/mini';
import { type ClauseId, EncodeError } from '../core/error.ts';
import type { Result } from '../core/result.ts';

/** A message of a schema that begins with a duty. */
const DUTY = /^([A-Z]{2,3}-[A-Z]*\d*[a-z]?): /;

/** Throws EncodeError for the first thing that the schema refuses, with its path and the duty that its message names. */
export function checkInput(schema: z.ZodMiniType, input: unknown, clause: ClauseId): void {
  const result = schema.safeParse(input);
  if (result.success) return;
  const [issue] = result.error.issues;
  const message = issue?.code === 'unrecognized_keys' ? `no input is named ${issue.keys[0]}` : (issue?.message ?? '');
  const duty = DUTY.exec(message)?.[1];
  throw new EncodeError(
    duty === undefined ? message : message.slice(duty.length + 2),
    path(issue?.path ?? []),
    clause,
    duty,
  );
}

function path(keys: readonly PropertyKey[]): string {
  let text = '';
  for (const key of keys) text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${String(key)}`;
  return text === '' ? 'input' : text;
}

/** The value of a text that the caller gives. Throws EncodeError. */
export function parseInput<T>(codec: { parse(text: string): Result<T> }, text: string, path: string, duty: string): T {
  const read = codec.parse(text);
  if (read.ok) return read.value;
  const { code, offset, expected } = read.error;
  const wanted = expected === undefined ? '' : `, expected ${expected}`;
  throw new EncodeError(`${JSON.stringify(text)}: ${code} at ${offset}${wanted}`, path, 'OMA-IM-8.1.1', duty);
}

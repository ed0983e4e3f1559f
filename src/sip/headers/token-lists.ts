/*
 *   Require           =  option-tag *(COMMA option-tag)              RFC 3261 20.32; Proxy-Require, 20.29
 *   Unsupported       =  option-tag *(COMMA option-tag)              RFC 3261 20.40
 *   Supported         =  [option-tag *(COMMA option-tag)]            RFC 3261 20.37
 *   Allow             =  [Method *(COMMA Method)]                    RFC 3261 20.5
 *   Content-Encoding  =  content-coding *(COMMA content-coding)      RFC 3261 20.12
 *   Allow-Events      =  event-type *(COMMA event-type)              RFC 6665 8.2.2, 8.4
 *   event-type        =  event-package *( "." event-template )       token-nodot each
 *
 * Comma lists of tokens, as spelt. Option tags, content codings and event packages compare without case, methods
 * with case (RFC 3261 7.1).
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanList, scanListOrNothing, scanToken } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { token } from '../../core/write.ts';
import type { Writer } from '../../core/writer.ts';
import { writeList } from './comma-list.ts';

export const requireField: FieldCodec<readonly string[]> = /* @__PURE__ */ tokenList(
  'Require',
  'option-tag',
  'RFC3261-20.32',
);

export const proxyRequire: FieldCodec<readonly string[]> = /* @__PURE__ */ tokenList(
  'Proxy-Require',
  'option-tag',
  'RFC3261-20.29',
);

export const unsupported: FieldCodec<readonly string[]> = /* @__PURE__ */ tokenList(
  'Unsupported',
  'option-tag',
  'RFC3261-20.40',
);

export const contentEncoding: FieldCodec<readonly string[]> = /* @__PURE__ */ tokenList(
  'Content-Encoding',
  'content-coding',
  'RFC3261-20.12',
  'e',
);

/** Extensions that the sender knows; may be empty. `timer` is the session timer's. @duty LM-G6 (parse) */
export const supported: FieldCodec<readonly string[]> = /* @__PURE__ */ tokenListOrNothing(
  'Supported',
  'option-tag',
  'RFC3261-20.37',
  'k',
);

/** Methods that the sender knows; may be empty. @duty LM-G3 (parse) */
export const allow: FieldCodec<readonly string[]> = /* @__PURE__ */ tokenListOrNothing(
  'Allow',
  'Method',
  'RFC3261-20.5',
);

export const allowEvents: FieldCodec<readonly string[]> = /* @__PURE__ */ listCodec<string>({
  name: 'Allow-Events',
  compact: 'u',
  rule: 'Allow-Events',
  clause: 'RFC6665-8.2.2',
  scan: (s) => scanList(s, scanEventType),
  write: (w, values) => writeList(w, values, 'Allow-Events', 'RFC6665-8.2.2', writeEventType),
});

/** A token of which no part between dots is empty (RFC 6665 8.4). */
export function scanEventType(s: Scanner): string | undefined {
  const from = s.pos;
  const type = scanToken(s, 'event-type');
  if (type === undefined) return undefined;
  const gap = emptyPart(type);
  return gap < 0 ? type : s.fail('syntax', 'event-type', 'RFC6665-8.4', 'an event package', from + gap);
}

function writeEventType(w: Writer, type: string): void {
  w.ascii(formatEventType(type, ''));
}

/** Throws EncodeError. */
export function formatEventType(type: string, path: string): string {
  if (emptyPart(token(type, path, 'RFC6665-8.4')) < 0) return type;
  throw new EncodeError(`${JSON.stringify(type)} has an empty part`, path, 'RFC6665-8.4');
}

/** Where a dot follows nothing, or nothing follows a dot; -1 where no part is empty. */
function emptyPart(type: string): number {
  if (type.startsWith('.')) return 0;
  const double = type.indexOf('..');
  if (double >= 0) return double + 1;
  return type.endsWith('.') ? type.length : -1;
}

function tokenList(name: string, rule: string, clause: ClauseId, compact?: string): FieldCodec<readonly string[]> {
  const writeToken = (w: Writer, value: string): void => w.token(value, '', clause);
  return listCodec<string>({
    name,
    ...(compact === undefined ? {} : { compact }),
    rule: name,
    clause,
    scan: (s) => scanList(s, (at) => scanToken(at, rule)),
    write: (w, values) => writeList(w, values, name, clause, writeToken),
  });
}

function tokenListOrNothing(
  name: string,
  rule: string,
  clause: ClauseId,
  compact?: string,
): FieldCodec<readonly string[]> {
  const list = tokenList(name, rule, clause, compact);
  return listCodec<string>({
    name,
    ...(compact === undefined ? {} : { compact }),
    rule: name,
    clause,
    scan: (s) => scanListOrNothing(s, (at) => scanToken(at, rule)),
    write(w, values) {
      if (values.length > 0) list.write(w, values);
    },
  });
}

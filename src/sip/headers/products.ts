/*
 *   User-Agent  =  "User-Agent" HCOLON server-val *(LWS server-val)          RFC 3261 20.41
 *   Server      =  "Server" HCOLON server-val *(LWS server-val)              RFC 3261 20.35
 *   server-val  =  product / comment
 *   product     =  token [SLASH product-version]              SLASH  =  SWS "/" SWS
 *   comment     =  LPAREN *(ctext / quoted-pair / comment) RPAREN
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { added, scanComment, scanToken, takeSeparator } from '../../core/scan.ts';
import { open, type Scanner } from '../../core/scanner.ts';
import { wellFormed } from '../../core/write.ts';
import type { Writer } from '../../core/writer.ts';
import { writeList } from './comma-list.ts';

export interface Product {
  readonly name: string;
  readonly version?: string | undefined;
}

export interface Comment {
  /** What stands between the parentheses, as written: quoted pairs and inner comments stay as they are. */
  readonly comment: string;
}

export type ServerVal = Product | Comment;

/** The client's software, the release version of its IM enabler among it. @duty PM-2, LM-G2 (parse) */
export const userAgent: FieldCodec<readonly ServerVal[]> = /* @__PURE__ */ productField('User-Agent', 'RFC3261-20.41');

/** The server's software. */
export const server: FieldCodec<readonly ServerVal[]> = /* @__PURE__ */ productField('Server', 'RFC3261-20.35');

function productField(name: string, clause: ClauseId): FieldCodec<readonly ServerVal[]> {
  const writeServerVal = (w: Writer, value: ServerVal): void => {
    if ('comment' in value) w.utf8(formatComment(value.comment, clause));
    else writeProduct(w, value, clause);
  };
  return fieldCodec<readonly ServerVal[]>({
    name,
    rule: name,
    clause,
    scan: (s) => scanProducts(s, clause),
    write: (w, values) => writeList(w, values, name, clause, writeServerVal, ' '),
  });
}

function scanProducts(s: Scanner, clause: ClauseId): readonly ServerVal[] | undefined {
  let values: ServerVal[] | undefined;
  for (;;) {
    const value = s.peek() === 0x28 ? scanCommentVal(s) : scanProduct(s);
    if (value === undefined) return undefined;
    values = added(values, value);
    const from = s.pos;
    s.skipWsp();
    if (s.pos === s.end) {
      s.pos = from;
      return values;
    }
    if (s.pos === from) return s.unexpected('server-val', clause, 'a blank');
  }
}

function scanProduct(s: Scanner): Product | undefined {
  const name = scanToken(s, 'server-val');
  if (name === undefined) return undefined;
  if (!takeSeparator(s, 0x2f)) return { name, version: undefined };
  const version = scanToken(s, 'product-version');
  return version === undefined ? undefined : { name, version };
}

function scanCommentVal(s: Scanner): Comment | undefined {
  const comment = scanComment(s);
  return comment === undefined ? undefined : { comment: comment.slice(1, -1) };
}

function writeProduct(w: Writer, { name, version }: Product, clause: ClauseId): void {
  w.token(name, 'name', clause);
  if (version === undefined) return;
  w.code(0x2f);
  w.token(version, 'version', clause);
}

/** What is written must read as the same comment. */
function formatComment(comment: string, clause: ClauseId): string {
  const text = `(${wellFormed(comment, 'comment', clause)})`;
  const s = open(text, 'comment', clause, { limits: { field: text.length } });
  if (scanComment(s) !== undefined && s.pos === s.end) return text;
  throw new EncodeError(`${JSON.stringify(comment)} is no comment`, 'comment', clause);
}

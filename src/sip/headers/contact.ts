/*
 *   Contact        =  ("Contact" / "m") HCOLON ( STAR / (contact-param *(COMMA contact-param)))     RFC 3261 20.10
 *   contact-param  =  (name-addr / addr-spec) *(SEMI contact-params)
 *   contact-params =  c-p-q / c-p-expires / feature-param / contact-extension                        RFC 3840 9
 *
 * c-p-q, c-p-expires and feature-param are generic-params too; feature-params.ts reads the latter.
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanList } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import type { Writer } from '../../core/writer.ts';
import { type NameAddr, scanNameAddr, writeNameAddr } from '../name-addr.ts';
import { writeList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3261-20.10';

/** `*`, all bindings of a registration; it stands alone. */
export interface Wildcard {
  readonly wildcard: true;
}

export type Contact = NameAddr | Wildcard;

const ALL: readonly Contact[] = Object.freeze([Object.freeze<Wildcard>({ wildcard: true })]);

/** Where the sender can be reached, with what it can do as parameters. @duty LM-G4 (parse) */
export const contact: FieldCodec<readonly Contact[]> = /* @__PURE__ */ listCodec<Contact>({
  name: 'Contact',
  compact: 'm',
  rule: 'Contact',
  clause: CLAUSE,
  scan: (s) => (takeWildcard(s) ? ALL : scanList(s, scanNameAddr)),
  write(w, values) {
    if (values.length === 1 && isWildcard(values[0] as Contact)) w.code(0x2a);
    else writeList(w, values, 'Contact', CLAUSE, writeContact);
  },
});

export function isWildcard(value: Contact): value is Wildcard {
  return 'wildcard' in value;
}

/** A star that is the whole value: with an address behind it, it is a display name. */
function takeWildcard(s: Scanner): boolean {
  return s.pos + 1 === s.end && s.take(0x2a);
}

function writeContact(w: Writer, value: Contact): void {
  if (isWildcard(value)) throw new EncodeError('"*" stands alone', '', CLAUSE);
  writeNameAddr(w, value, CLAUSE);
}

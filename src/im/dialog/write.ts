/* What requests and responses of a dialog have in common when they are written. */
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { line, token } from '../../core/write.ts';
import { contentType } from '../../mime/content-headers.ts';
import type { Field } from '../../sip/field.ts';
import { contact } from '../../sip/headers/contact.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import { canonicalName } from '../../sip/names.ts';
import { isSipUri } from '../../sip/uri.ts';
import { type Content, writeContent } from '../content.ts';
import { parseInput } from '../input.ts';

/** Throws EncodeError where a condition does not hold. */
export function demand(holds: boolean, reason: string, path: string, clause: ClauseId): asserts holds {
  if (!holds) throw new EncodeError(reason, path, clause);
}

/** Further headers of a caller. Throws EncodeError on one that is no header, or has a part of the input of its own. */
export function furtherFields(fields: readonly Field[] | undefined, own: readonly string[]): readonly Field[] {
  fields?.forEach(({ name, value }, i) => {
    token(name, `fields[${i}].name`, 'RFC3261-7.3');
    line(value, `fields[${i}].value`, 'RFC3261-7.3');
    demand(!own.includes(canonicalName(name)), `${name} is not given as a field`, `fields[${i}]`, 'RFC3261-7.3');
  });
  return fields ?? [];
}

/** A body with its Content-Type. */
export function writeBody(body: Content | undefined): { readonly fields: readonly Field[]; readonly body: Uint8Array } {
  if (body === undefined) return { fields: [], body: new Uint8Array(0) };
  const { type, octets, fields } = writeContent(body);
  demand(fields.length === 0, 'the fields of the body are those of the message', 'body.fields', 'RFC3261-7.4');
  return { fields: [{ name: 'Content-Type', value: contentType.format(type) }], body: octets };
}

/** The addresses of a Contact that a caller gives, one or several. */
export function readContacts(given: string | NameAddr): readonly NameAddr[] {
  if (typeof given !== 'string') return [given];
  return parseInput(contact, given, 'contact', 'LM-G0').map((value) => {
    demand('uri' in value, '"*" is the contact of a registration', 'contact', 'RFC3261-20.10');
    return value;
  });
}

/** The one Contact of a dialog: a SIP or SIPS URI, SIPS where the dialog needs that (RFC 3261 12.1.1, 12.2.1.1). */
export function dialogContact(contacts: readonly NameAddr[], secure: boolean, clause: ClauseId): NameAddr {
  const [only] = contacts;
  demand(only !== undefined && contacts.length === 1, 'one address', 'contact', clause);
  demand(isSipUri(only.uri), `a ${only.uri.scheme} URI is no contact of a dialog`, 'contact', clause);
  demand(!secure || only.uri.scheme === 'sips', 'a SIPS URI is needed', 'contact', clause);
  return only;
}

/* Lists of URIs: RFC 4826, 5363, 5364. */

import { uriComparison } from '../../im/same-recipient.ts';
import { sipUri } from '../../sip/uri.ts';
import { attributeOf, rangeOf, scanElement, type XmlElement } from '../../xml/element.ts';
import { recipients } from '../../xml/recipients.ts';
import type { ListEntry, ListMember, ResourceList } from '../../xml/resource-lists.ts';
import { openXml, START } from '../../xml/scanner.ts';
import type { ListsBody } from '../bodies.ts';
import { type BodyRule, type Found, told } from '../finding.ts';
import type { Range } from '../place.ts';

type ListRule = BodyRule<'resource-lists'>;

const refusedMember: ListRule = {
  kind: 'resource-lists',
  clause: 'RFC4826-3.2',
  severity: 'error',
  asks: 'every entry is one by the schema',
  find({ document, place }) {
    return recipients([document]).malformed.map(({ error }) => {
      return { range: place.lineFrom(error.offset), message: told(error), clause: error.clause };
    });
  },
};

const namespace: ListRule = {
  kind: 'resource-lists',
  clause: 'RFC5364-5',
  severity: 'info',
  asks: 'copyControl is in its namespace; the examples of RFC 5365 and 5366 spell it otherwise',
  find({ document, place }) {
    if (document.copyControlOfTheExamples !== true) return [];
    const fix = 'urn:ietf:params:xml:ns:copycontrol';
    return [{ range: place.whole, message: 'copyControl in urn:ietf:params:xml:ns:copyControl', fix }];
  },
};

const schemes: ListRule = {
  kind: 'resource-lists',
  clause: 'RFC4826-3.1',
  severity: 'warning',
  asks: 'an entry names its resource by an absolute URI',
  find(body) {
    const wrong = new Set(entriesOf(body).flatMap(({ uri }) => (sipUri.parse(uri).ok ? [] : [uri])));
    const places = wrong.size === 0 ? [] : entryPlaces(body);
    return places.flatMap(({ uri, range }) =>
      wrong.has(uri) ? [{ range, message: `${JSON.stringify(uri)} is no URI` }] : [],
    );
  },
};

/** Stands for different people, and may stand as often as it likes. */
const ANONYMOUS = 'sip:anonymous@anonymous.invalid';

/** A server sends to nobody twice: it merges them (RFC 5363 4.1). */
const named: ListRule = {
  kind: 'resource-lists',
  clause: 'RFC5364-5',
  severity: 'info',
  asks: 'every recipient is named once',
  find(body) {
    const all = entriesOf(body).length;
    if (recipients([body.document], uriComparison()).recipients.length === all) return [];
    const { key, same } = uriComparison();
    const seen = new Map<string, string[]>();
    const found: Found[] = [];
    for (const { uri, range } of entryPlaces(body)) {
      if (uri === ANONYMOUS) continue;
      const candidates = seen.get(key(uri)) ?? [];
      if (candidates.some((one) => same(one, uri)))
        found.push({ range, message: `${uri} is named again: it receives once` });
      else seen.set(key(uri), [...candidates, uri]);
    }
    return found;
  },
};

const flat: ListRule = {
  kind: 'resource-lists',
  clause: 'RFC5366-4',
  severity: 'warning',
  asks: 'the list of a request is flat and names every recipient itself',
  find(body) {
    if (body.purpose !== 'recipient-list') return [];
    const { references } = recipients([body.document]);
    const nested = body.document.lists.some(({ members }) => members.some(({ kind }) => kind === 'list'));
    if (references.length === 0 && !nested) return [];
    const message = nested ? 'a list in the list of recipients' : 'a reference instead of a recipient';
    return [{ range: body.place.whole, message }];
  },
};

function entriesOf({ document }: ListsBody): readonly ListEntry[] {
  const found: ListEntry[] = [];
  const visit = ({ members }: ResourceList): void => {
    for (const member of members as readonly ListMember[]) {
      if (member.kind === 'entry') found.push(member);
      else if (member.kind === 'list') visit(member);
    }
  };
  for (const list of document.lists) visit(list);
  return found;
}

/** Where the entries stand. The document is read once more, as a tree that knows its places. */
function entryPlaces({ place }: ListsBody): readonly { readonly uri: string; readonly range: Range }[] {
  const s = openXml(place.octets, undefined);
  const root = s.next() === START ? scanElement(s) : undefined;
  const found: { readonly uri: string; readonly range: Range }[] = [];
  const visit = (element: XmlElement): void => {
    const uri = element.name.local === 'entry' ? attributeOf(element, 'uri') : undefined;
    if (uri !== undefined) {
      const [from, to] = rangeOf(element) ?? [0, place.octets.length];
      found.push({ uri, range: place.range(from, to) });
    }
    for (const child of element.children) if (typeof child !== 'string') visit(child);
  };
  if (root !== undefined) visit(root);
  return found;
}

export const LIST_RULES: readonly ListRule[] = [refusedMember, namespace, schemes, named, flat];

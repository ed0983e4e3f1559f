/*
 * The recipients that lists name (RFC 5363 4.1, RFC 5364 4): several lists are one, and who is named twice receives
 * once, with the highest of to, cc and bcc.
 */
import type {
  CopyControl,
  DisplayName,
  EntryReference,
  ExternalList,
  ListEntry,
  MalformedMember,
  ResourceList,
  ResourceLists,
} from './resource-lists.ts';

/** Stands for recipients who shall not be disclosed, in a list of who else received (RFC 5364 4). */
const ANONYMOUS = 'sip:anonymous@anonymous.invalid';
const PRECEDENCE: readonly CopyControl[] = ['bcc', 'cc', 'to'];

export interface Recipient {
  /** As it was spelled first. */
  readonly uri: string;
  readonly copyControl: CopyControl;
  /** Whether the URI shall be hidden from the others; never with `bcc`, which discloses nothing anyway. */
  readonly anonymize: boolean;
  /** For how many equal URIs the entry stands. */
  readonly count: number;
  readonly displayName?: DisplayName | undefined;
}

export interface Recipients {
  /** In the order in which they are named first. */
  readonly recipients: readonly Recipient[];
  /** Entries and lists that are kept elsewhere; a list in a request should have none (RFC 5363 4.1, RFC 5365 4). */
  readonly references: readonly (EntryReference | ExternalList)[];
  /** What could not be read. */
  readonly malformed: readonly MalformedMember[];
}

/** When two URIs are the same, which is for the scheme to say (RFC 5363 4.1). */
export interface UriComparison {
  /** Equal for all URIs that may be the same; only those are compared. */
  key(uri: string): string;
  same(a: string, b: string): boolean;
}

const AS_TEXT: UriComparison = { key: (uri) => uri, same: (a, b) => a === b };

/**
 * The recipients of one request: all lists of all its list bodies, nested ones too, as one list. Where a URI occurs
 * again the highest copyControl holds, and `anonymize` if any entry but a `bcc` one asks for it. URIs are compared as
 * text unless `comparison` knows better. The anonymous URI stands for different people and is not merged.
 *
 * @duty PM-5a, LM-E3a (parse)
 */
export function recipients(documents: readonly ResourceLists[], comparison: UriComparison = AS_TEXT): Recipients {
  const found: Recipient[] = [];
  const references: (EntryReference | ExternalList)[] = [];
  const malformed: MalformedMember[] = [];
  const places = new Map<string, number[]>();
  const visit = (list: ResourceList): void => {
    for (const member of list.members) {
      if (member.kind === 'entry') merge(found, places, member, comparison);
      else if (member.kind === 'list') visit(member);
      else if (member.kind === 'malformed') malformed.push(member);
      else if (member.kind !== 'extension') references.push(member);
    }
  };
  for (const { lists } of documents) for (const list of lists) visit(list);
  return { recipients: found, references, malformed };
}

function merge(found: Recipient[], places: Map<string, number[]>, entry: ListEntry, comparison: UriComparison): void {
  const recipient = recipientOf(entry);
  const key = comparison.key(entry.uri);
  const candidates = places.get(key) ?? [];
  const place =
    entry.uri === ANONYMOUS
      ? undefined
      : candidates.find((at) => comparison.same((found[at] as Recipient).uri, entry.uri));
  if (place !== undefined) {
    found[place] = merged(found[place] as Recipient, recipient);
    return;
  }
  candidates.push(found.length);
  places.set(key, candidates);
  found.push(recipient);
}

function recipientOf({ uri, copyControl = 'bcc', anonymize = false, count = 1, displayName }: ListEntry): Recipient {
  return { uri, copyControl, anonymize: anonymize && copyControl !== 'bcc', count, displayName };
}

function merged(first: Recipient, again: Recipient): Recipient {
  const higher = PRECEDENCE.indexOf(again.copyControl) > PRECEDENCE.indexOf(first.copyControl) ? again : first;
  return {
    uri: first.uri,
    copyControl: higher.copyControl,
    anonymize: first.anonymize || again.anonymize,
    count: higher.count,
    displayName: first.displayName ?? again.displayName,
  };
}

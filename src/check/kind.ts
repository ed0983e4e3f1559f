/* What octets are, as far as they tell: how each kind of artefact begins. */
import { conversions } from '../core/octets.ts';
import { asciiLower } from '../core/text.ts';

/** What can be checked by itself. */
export const ARTEFACT_KINDS = ['sip', 'msrp', 'cpim', 'imdn', 'resource-lists', 'sdp'] as const;

export type ArtefactKind = (typeof ARTEFACT_KINDS)[number];

/** So much is looked at: declaration and comments may stand before the root element of a document. */
const WINDOW = 4096;

const START_LINE = /^(?:\r\n)*(?:[^ \r\n:]+ [^\r\n]+ sip\/[0-9]|sip\/[0-9.]+ )/i;
const CPIM_HEADER = /^(?:\r\n)*[^ \r\n:;]+:/;

/** The kind of an artefact by its first octets; `sip` where they tell nothing. */
export function guessKind(octets: Uint8Array): ArtefactKind {
  const text = conversions.latin1(octets, 0, Math.min(octets.length, WINDOW));
  if (text.startsWith('MSRP ')) return 'msrp';
  if (/^[a-z]=/.test(text)) return 'sdp';
  const document = text.startsWith('\u00ef\u00bb\u00bf') ? text.slice(3) : text;
  if (/^[\t\r\n ]*</.test(document)) return rootKind(document);
  if (START_LINE.test(text)) return 'sip';
  return CPIM_HEADER.test(text) ? 'cpim' : 'sip';
}

/** By the name of the root element, whatever its namespace: that it is another one is for the codec to say. */
function rootKind(text: string): ArtefactKind {
  let at = text.indexOf('<');
  while (at >= 0) {
    const next = text[at + 1];
    if (next !== '?' && next !== '!') break;
    const isComment = text.startsWith('<!--', at);
    const end = text.indexOf(isComment ? '-->' : '>', at);
    at = end < 0 ? -1 : text.indexOf('<', end);
  }
  const name = at < 0 ? '' : (/^<(?:[^\s:<>/]+:)?([^\s:<>/]+)/.exec(text.slice(at, at + 256))?.[1] ?? '');
  return asciiLower(name) === 'imdn' ? 'imdn' : 'resource-lists';
}

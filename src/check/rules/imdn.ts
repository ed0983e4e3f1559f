/* What a notification says: RFC 5438 11.1. What its schema does not let through is refused as a whole. */
import { imdnMessageId } from '../../imdn/headers.ts';
import { sipUri } from '../../sip/uri.ts';
import type { BodyRule, Found } from '../finding.ts';

/** The schema takes any token of XML; what it must equal is a Token of CPIM. */
const token: BodyRule<'imdn'> = {
  kind: 'imdn',
  clause: 'RFC5438-11.1.1',
  severity: 'warning',
  asks: 'the message-id is one that a Message-ID can have',
  find({ imdn: { messageId }, place }) {
    if (imdnMessageId.parse(messageId).ok) return [];
    return [{ range: place.whole, message: `no message has the Message-ID ${JSON.stringify(messageId)}` }];
  },
};

const uris: BodyRule<'imdn'> = {
  kind: 'imdn',
  clause: 'RFC5438-11.1.3',
  severity: 'warning',
  asks: 'the recipients are named by URIs',
  find({ imdn: { recipientUri, originalRecipientUri }, place }) {
    const found: Found[] = [];
    for (const uri of new Set([recipientUri, originalRecipientUri])) {
      if (uri === undefined || sipUri.parse(uri).ok) continue;
      found.push({ range: place.whole, message: `${JSON.stringify(uri)} is no URI` });
    }
    return found;
  },
};

export const IMDN_RULES: readonly BodyRule<'imdn'>[] = [token, uris];

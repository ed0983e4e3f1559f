/*
 * What has gone wrong in the field or is known to go wrong with hostile input, one row each. A vector that holds one
 * of these cases bears the row's id as a flag. `artefacts` are those whose vector files must cite the row, from the day
 * on which there is a codec; a row that no reader can break (it binds who composes or decides) names none.
 */
import type { VectorNote } from './model.ts';

export interface FieldRow extends VectorNote {
  readonly id: string;
  readonly artefacts: readonly string[];
}

type About = Pick<VectorNote, 'clause' | 'links'>;

function row(
  id: string,
  artefacts: string,
  bugType: VectorNote['bugType'],
  description: string,
  about?: About,
): FieldRow {
  return { id, artefacts: artefacts === '' ? [] : artefacts.split(' '), bugType, description, ...about };
}

const CONTENT_LENGTH: About = { clause: 'RFC3261-20.14' };
const HEAD: About = { clause: 'RFC3261-7' };
const FIELD: About = { clause: 'RFC3261-7.3' };
const URI: About = { clause: 'RFC3261-19.1.1' };

function issues(...names: string[]): About {
  return {
    links: names.map((name) => {
      const [repository, number] = name.split('#') as [string, string];
      return `https://github.com/${repository}/issues/${number}`;
    }),
  };
}

function advisories(...names: string[]): About {
  return { links: names.map((name) => `https://nvd.nist.gov/vuln/detail/${name}`) };
}

/** Hostile and malformed input, by what must come out. */
const BAD_INPUTS: readonly FieldRow[] = [
  row('bad-input-1', 'sip-message', 'security', 'a line that ends in LF alone ends nothing', HEAD),
  row('bad-input-2', 'sip-message header/Subject header/User-Agent', 'security', 'CR alone inside a value', FIELD),
  row(
    'bad-input-3',
    'header/From header/User-Agent',
    'security',
    'NUL outside a quoted-pair is refused, inside one it is a character',
    {
      clause: 'RFC3261-25.1',
    },
  ),
  row('bad-input-4', 'sip-message', 'robustness', 'the blank line behind the head is missing', HEAD),
  row('bad-input-5', 'sip-message', 'interoperability', 'empty lines before the start-line', { clause: 'RFC3261-7.5' }),
  row('bad-input-6', 'header/Content-Length', 'security', 'a negative Content-Length', CONTENT_LENGTH),
  row(
    'bad-input-7',
    'header/Content-Length',
    'security',
    'a Content-Length with a sign, a point, a blank or other digits',
    CONTENT_LENGTH,
  ),
  row(
    'bad-input-8',
    'header/Content-Length',
    'security',
    'a Content-Length that no number holds exactly',
    CONTENT_LENGTH,
  ),
  row('bad-input-9', 'sip-message', 'robustness', 'a Content-Length greater than the body', CONTENT_LENGTH),
  row('bad-input-10', 'sip-message', 'conformance', 'a Content-Length smaller than what follows the head', {
    clause: 'RFC3261-18.3',
  }),
  row('bad-input-11', 'sip-message', 'robustness', 'two Content-Lengths that agree', CONTENT_LENGTH),
  row('bad-input-12', 'sip-message', 'security', 'two Content-Lengths that differ', CONTENT_LENGTH),
  row('bad-input-13', 'sip-message', 'conformance', 'a datagram without Content-Length', { clause: 'RFC3261-18.3' }),
  row('bad-input-14', 'sip-message', 'conformance', 'a blank before the colon', { clause: 'RFC3261-7.3.1' }),
  row('bad-input-15', 'sip-message', 'security', 'a field smuggled behind LF', HEAD),
  row('bad-input-16', 'sip-message', 'conformance', 'blanks too many in the Request-Line', { clause: 'RFC3261-7.1' }),
  row(
    'bad-input-17',
    'sip-message',
    'conformance',
    'another SIP version is answered, and the name compares without case',
    { clause: 'RFC3261-7.1' },
  ),
  row('bad-input-18', 'sip-message', 'conformance', 'a method with % is a token, and no escape', {
    clause: 'RFC3261-7.1',
  }),
  row('bad-input-19', 'sip-message sip-uri', 'conformance', 'a Request-URI in angle brackets', {
    clause: 'RFC3261-7.1',
  }),
  row('bad-input-20', 'sip-uri', 'robustness', 'a port outside its range, or none behind the colon', URI),
  row('bad-input-21', 'sip-uri', 'conformance', 'hosts that are none, and an address that only looks wrong', {
    clause: 'RFC3261-25.1',
  }),
  row('bad-input-22', 'sip-uri', 'robustness', 'an IPv6 literal with a zone, or without its bracket', {
    clause: 'RFC3261-25.1',
  }),
  row('bad-input-23', 'sip-uri', 'security', 'letters that only fold to those of a scheme', URI),
  row('bad-input-24', 'sip-uri', 'security', 'an escaped NUL is kept as it is', { clause: 'RFC3261-19.1.2' }),
  row('bad-input-25', 'sip-uri', 'conformance', 'a % without two hex digits', { clause: 'RFC3261-25.1' }),
  row('bad-input-26', 'sip-uri', 'conformance', 'a URI parameter twice', URI),
  row('bad-input-27', 'sip-uri', 'robustness', 'a URI of 64 KiB'),
  row('bad-input-28', '', 'security', 'CR or LF in a parameter that a caller gives: composers throw'),
  row('bad-input-29', 'sip-message header/Contact', 'security', 'names that a JavaScript object has already', FIELD),
  row('bad-input-30', 'sip-message', 'security', 'a field name that is no token costs its line only', FIELD),
  row('bad-input-31', 'sip-message', 'robustness', 'a line without colon or name costs itself only', FIELD),
  row('bad-input-32', 'sip-message', 'robustness', 'too many fields, or one too long'),
  row('bad-input-33', 'sip-message', 'conformance', 'a folded start-line, and a fold of blanks alone', {
    clause: 'RFC3261-7.3.1',
  }),
  row('bad-input-34', 'sip-message', 'security', 'octets that are no UTF-8 cost their value only', FIELD),
  row('bad-input-35', 'sip-message', 'interoperability', 'a byte order mark before the start-line', HEAD),
  row(
    'bad-input-36',
    'header/From header/Contact header/Accept-Contact',
    'robustness',
    'a quote or a backslash left open',
    {
      clause: 'RFC3261-25.1',
    },
  ),
  row(
    'bad-input-37',
    'header/Contact header/Accept-Contact header/Route',
    'conformance',
    'a comma inside quotes or brackets parts nothing',
    {
      clause: 'RFC3261-7.3.1',
    },
  ),
  row(
    'bad-input-38',
    'sip-message',
    'robustness',
    'a mandatory header is missing or stands twice: the message is still read',
    {
      clause: 'RFC3261-8.1.1',
    },
  ),
  row('bad-input-39', 'header/CSeq', 'conformance', 'a sequence number of 2**31 and above', {
    clause: 'RFC3261-8.1.1.5',
  }),
  row('bad-input-40', 'header/Max-Forwards', 'conformance', 'Max-Forwards above 255', { clause: 'RFC3261-20.22' }),
  row('bad-input-41', 'header/From header/To', 'conformance', 'two tags, or an empty one', { clause: 'RFC3261-19.3' }),
  row('bad-input-42', 'header/Via', 'interoperability', 'a branch without the magic cookie, or none', {
    clause: 'RFC3261-20.42',
  }),
  row(
    'bad-input-43',
    'header/Accept-Contact',
    'interoperability',
    'Accept-Contact without its star, with an empty or broken parameter',
    {
      clause: 'RFC3841-9.2',
    },
  ),
  row('bad-input-44', 'header/Accept-Contact sip-message', 'conformance', 'a fold behind the star', {
    clause: 'RFC3841-9.2',
  }),
  row(
    'bad-input-45',
    'header/Session-Expires',
    'conformance',
    'no number, two refreshers; an interval too small is read',
    { clause: 'RFC4028-4' },
  ),
  row('bad-input-46', 'header/Privacy', 'conformance', 'values that contradict each other are read', {
    clause: 'RFC3323-4.2',
  }),
  row('bad-input-47', 'header/User-Agent release-version', 'interoperability', 'a User-Agent without a release', {
    clause: 'OMA-IM-F',
  }),
  row('bad-input-48', 'sdp', 'robustness', 'lines that a session must have are missing or out of order'),
  row('bad-input-49', 'sdp', 'robustness', 'a port outside its range; 0 refuses the medium'),
  row('bad-input-50', 'sdp', 'conformance', 'no path, or one whose port is not that of the medium'),
  row('bad-input-51', 'sdp', 'robustness', 'a file size that is negative, too great or has leading zeros'),
  row('bad-input-52', 'sdp', 'robustness', 'bare LF, NUL, too many attributes'),
  row('bad-input-53', 'msrp', 'robustness', 'an end-line with another id, an unknown flag or no CRLF'),
  row('bad-input-54', 'msrp', 'security', 'the end-line of the frame inside its body'),
  row('bad-input-55', 'msrp', 'robustness', 'a Byte-Range that contradicts itself'),
  row('bad-input-56', 'msrp', 'robustness', 'a path that is missing, doubled or out of order'),
  row('bad-input-57', 'msrp', 'robustness', 'a transaction id too short or too long; chunks that overlap'),
  row(
    'bad-input-58',
    'cpim',
    'interoperability',
    'no blank line between the blocks, an undeclared prefix, a wrong length',
  ),
  row('bad-input-59', 'multipart', 'robustness', 'no boundary, one too long, no close delimiter, levels without end'),
  row('bad-input-60', 'resource-lists', 'security', 'document types, entities, depth, characters that XML has not'),
];

/** Defects that implementations had. */
const LESSONS: readonly FieldRow[] = [
  row(
    'lesson-1',
    'header/Contact header/Accept-Contact',
    'conformance',
    'a Contact was split at a comma inside a quoted feature value',
    issues('versatica/JsSIP#11'),
  ),
  row(
    'lesson-2',
    'sip-message',
    'security',
    'framer and parser disagreed about bare LF',
    issues('siphon-project/siphon-sip#237'),
  ),
  row(
    'lesson-3',
    'header/Content-Length sip-message',
    'security',
    'a negative, signed or contradictory Content-Length was believed or ignored',
    issues('sems-server/sems#352', 'sipsorcery-org/sipsorcery#1835'),
  ),
  row(
    'lesson-4',
    'sip-message',
    'security',
    'a buffer was allocated from a declared size',
    issues('emiago/sipgo#342', 'emiago/sipgo#323'),
  ),
  row('lesson-5', 'sip-message', 'security', 'a head without end was buffered', issues('kirm/sip.js#124')),
  row(
    'lesson-6',
    'sip-message',
    'interoperability',
    'compact forms were known to some look-ups only',
    issues('siphon-project/siphon-sip#80', 'pjsip/pjproject#188'),
  ),
  row(
    'lesson-7',
    'sip-message',
    'robustness',
    'one bad Contact made the whole message vanish',
    issues('onsip/SIP.js#560', 'onsip/SIP.js#419'),
  ),
  row(
    'lesson-8',
    'sip-uri header/From header/To sip-message',
    'interoperability',
    'tel URIs were refused',
    issues('onsip/SIP.js#953'),
  ),
  row(
    'lesson-9',
    'header/Content-Type multipart',
    'security',
    'a quoted boundary and an empty part led out of bounds',
    advisories('CVE-2022-21723'),
  ),
  row('lesson-10', 'sip-message', 'interoperability', 'Content-Type without a blank behind its colon was not read'),
  row(
    'lesson-11',
    'cpim',
    'interoperability',
    'blank lines too many between the blocks of a CPIM message',
    issues('DoubangoTelecom/boghe#76'),
  ),
  row('lesson-12', '', 'interoperability', 'peers without message/cpim answer 415: who sends decides by their Accept'),
  row('lesson-13', '', 'conformance', 'a notification was sent that nobody had asked for: who composes refuses'),
  row(
    'lesson-14',
    '',
    'interoperability',
    'message/imdn+xml was missing in accept-wrapped-types: who composes adds it',
  ),
  row('lesson-15', '', 'interoperability', "Disposition-Notification and max-size must be at the composer's hand"),
  row('lesson-16', '', 'conformance', 'a sendonly offer was answered sendrecv: who answers inverts the direction'),
  row(
    'lesson-17',
    'sdp',
    'robustness',
    'an attribute without a value led to a crash',
    issues('meetecho/janus-gateway#614'),
  ),
  row(
    'lesson-18',
    'sdp',
    'interoperability',
    'unknown attributes were lost, renamed or reordered',
    issues('clux/sdp-transform#74', 'clux/sdp-transform#90', 'clux/sdp-transform#55'),
  ),
  row(
    'lesson-19',
    'header/CSeq header/Content-Length sdp',
    'security',
    'digits without bounds became numbers',
    issues('pjsip/pjproject#2092', 'pjsip/pjproject#2093'),
  ),
  row(
    'lesson-20',
    'header/Session-Expires header/Min-SE',
    'conformance',
    'a wrong default refresher, and 422 without end',
    issues('drachtio/drachtio-server#475', 'pjsip/pjproject#1805'),
  ),
  row(
    'lesson-21',
    '',
    'conformance',
    'the rule of 1300 octets was applied to the body: who decides measures the request',
  ),
  row(
    'lesson-22',
    'msrp',
    'interoperability',
    'an unknown header was refused; a body that ended in digits was cut',
    issues('OpenSIPS/opensips#3716', 'OpenSIPS/opensips#3273', 'OpenSIPS/opensips#358'),
  ),
  row('lesson-23', '', 'security', 'headers were injected through what a caller gave: composers throw'),
  row(
    'lesson-24',
    'sip-message',
    'robustness',
    'input of LF alone led to an endless loop',
    issues('poroh/ersip#70', 'aboutsip/pkts#110'),
  ),
  row(
    'lesson-25',
    'sip-message resource-lists',
    'security',
    'out-of-bounds access; in JavaScript, quadratic time and names of prototypes',
    advisories('CVE-2018-14767', 'CVE-2022-31001', 'CVE-2023-32307', 'CVE-2022-24763'),
  ),
];

/** Spellings that live networks were seen to send. */
const DEVIATIONS: readonly FieldRow[] = [
  row('deviation-no-star', 'header/Accept-Contact', 'interoperability', 'Accept-Contact begins with its feature', {
    clause: 'RFC3841-9.2',
  }),
  row(
    'deviation-explicit-colon',
    'header/Accept-Contact',
    'interoperability',
    'explicit:require for explicit;require',
    {
      clause: 'RFC3841-9.2',
    },
  ),
  row(
    'deviation-icsi-q',
    'header/Accept-Contact header/Contact',
    'interoperability',
    '+q.3gpp.icsi-ref for +g.3gpp.icsi-ref',
  ),
  row(
    'deviation-urn-hyphen',
    'header/Accept-Contact header/Contact',
    'interoperability',
    'urn-7:3gppservice for urn-7:3gpp-service',
  ),
  row(
    'deviation-release-alone',
    'header/Server release-version',
    'interoperability',
    'Server is the release and nothing else',
    {
      clause: 'OMA-IM-F',
    },
  ),
  row('deviation-misspelt-enabler', 'header/Server release-version', 'interoperability', 'IM-Sever for IM-serv', {
    clause: 'OMA-IM-F',
  }),
  row(
    'deviation-versionless-product',
    'header/User-Agent release-version',
    'interoperability',
    'products without a version',
    {
      clause: 'RFC3261-20.41',
    },
  ),
  row(
    'deviation-blanks-in-product',
    'header/User-Agent release-version',
    'interoperability',
    'raw and %-escaped blanks in product names',
    {
      clause: 'RFC3261-20.41',
    },
  ),
];

export const FIELD_ROWS: readonly FieldRow[] = [...BAD_INPUTS, ...LESSONS, ...DEVIATIONS];

/** The note that a vector file has for a row that it cites. */
export function noteOf({ bugType, description, clause, links }: FieldRow): VectorNote {
  return {
    bugType,
    description,
    ...(clause === undefined ? {} : { clause }),
    ...(links === undefined ? {} : { links }),
  };
}

/*
 * The rows of agreement of SDP: the lines that have a codec and the attributes, of which the codec sees the value.
 */
import type { Codec } from '../core/codec.ts';
import { ok } from '../core/result.ts';
import { asciiLower } from '../core/text.ts';
import type { SdpCodec } from '../sdp/access.ts';
import { attributeCodecs } from '../sdp/attributes.ts';
import { mediaLine } from '../sdp/media-line.ts';
import { bandwidth, timing } from '../sdp/numbers.ts';
import { connectionData, origin } from '../sdp/origin.ts';
import { grammar, recognise } from './abnf/index.ts';
import type { AgreementRow, Excuse } from './agreement-rows.ts';
import { MSRP_ROWS } from './msrp-rows.ts';

const REFUSED = { ok: false, error: { code: 'syntax', rule: 'attribute', clause: 'RFC4566-9', offset: 0 } } as const;

/** The codec of a line over the whole line. The rules take several lines, or none: there the rule itself answers. */
function line(codec: Codec<unknown>, rule: string): Codec<unknown> {
  const whole = new RegExp(`^${codec.name}=([^\\r\\n]*)\\r\\n$`);
  const parse: Codec<unknown>['parse'] = (text, options) => {
    const value = whole.exec(text)?.[1];
    if (value !== undefined) return codec.parse(value, options);
    return recognise(grammar('RFC4566'), rule, text).outcome === 'match' ? ok(text) : REFUSED;
  };
  return { ...codec, parse };
}

/** The codec of an attribute over its name and value. */
function attribute(codec: Codec<unknown>): Codec<unknown> {
  // The rules of RFC 4145 hold the whole line.
  const prefix = `${codec.clause.startsWith('RFC4145') ? 'a=' : ''}${codec.name}`;
  const parse: Codec<unknown>['parse'] = (text, options) => {
    if (asciiLower(text.slice(0, prefix.length)) !== prefix) return REFUSED;
    const value = text.slice(prefix.length);
    if (value === '') return codec.parse(value, options);
    return value.startsWith(':') && value.length > 1 ? codec.parse(value.slice(1), options) : REFUSED;
  };
  return { ...codec, parse };
}

const LINES: readonly (readonly [SdpCodec<unknown>, rule: string])[] = [
  [origin as SdpCodec<unknown>, 'origin-field'],
  [connectionData as SdpCodec<unknown>, 'connection-field'],
  [bandwidth as SdpCodec<unknown>, 'bandwidth-fields'],
  [timing as SdpCodec<unknown>, 'time-fields'],
  [mediaLine as SdpCodec<unknown>, 'media-field'],
];

/** As a rule has them: lines with their letter and CRLF, attributes with their name. */
export const SDP_CODECS: Readonly<Record<string, Codec<unknown>>> = Object.fromEntries([
  ...LINES.map(([codec, rule]): [string, Codec<unknown>] => [`sdp/${codec.name}`, line(codec, rule)]),
  ...attributeCodecs.map((codec): [string, Codec<unknown>] => [`sdp/${codec.name}`, attribute(codec)]),
]);

const NUMBER: Excuse = {
  id: 'sdp-number',
  explains: (text, error) => error?.code === 'range' && /\d{16}/.test(text),
};
const PORT: Excuse = {
  id: 'sdp-port',
  explains: (text, error) => error?.code === 'range' && Number(/^m=[^ ]+ (\d+)/.exec(text)?.[1]) > 65_535,
};
const TWICE: Excuse = { id: 'sdp-selector-twice', explains: (_, error) => error?.code === 'duplicate' };
const ESCAPES: Excuse = {
  id: 'sdp-escape',
  explains: (text, error) => error?.code === 'escape' && /%[89a-f][0-9a-f]/i.test(text),
};

const PATH = 'path:'.length;
/** What holds in the path of a message holds in that of a session. */
const URI: readonly Excuse[] = (
  MSRP_ROWS.find(({ artefact }) => artefact === 'msrp/To-Path') as AgreementRow
).excuses.map(({ id, explains }) => ({ id, explains: (text, error) => explains(text.slice(PATH), error) }));

const DATE: readonly Excuse[] = [
  { id: 'sdp-date-range', explains: (_, error) => error?.code === 'range' },
  { id: 'sdp-date-comment', explains: (text, error) => error !== undefined && text.includes('(') },
];
const QUOTED: Excuse = { id: 'sdp-quoted-pair', explains: (text, error) => error === undefined && text.includes('\\') };

function row(name: string, document: string, rule: string, ...excuses: readonly Excuse[]): AgreementRow {
  return { artefact: `sdp/${name}`, document, rule, excuses, asItStands: true };
}

export const SDP_ROWS: readonly AgreementRow[] = [
  row('o', 'RFC4566', 'origin-field'),
  row('c', 'RFC4566', 'connection-field'),
  row('b', 'RFC4566', 'bandwidth-fields', NUMBER),
  row('t', 'RFC4566', 'time-fields', NUMBER),
  row('m', 'RFC4566', 'media-field', PORT, NUMBER),
  row('path', 'RFC4975', 'path', ...URI),
  row('accept-types', 'RFC4975', 'accept-types', QUOTED),
  row('accept-wrapped-types', 'RFC4975', 'accept-wrapped-types', QUOTED),
  row('max-size', 'RFC4975', 'max-size', NUMBER),
  row('setup', 'RFC4145', 'setup-attr'),
  row('connection', 'RFC4145', 'connection-attr'),
  row('filesize', 'OMA-IM', 'filesize-attr', NUMBER),
  row('file-selector', 'RFC5547', 'file-selector-attr', NUMBER, TWICE, ESCAPES),
  row('file-transfer-id', 'RFC5547', 'file-tr-id-attr'),
  row('file-disposition', 'RFC5547', 'file-disp-attr'),
  {
    ...row('file-date', 'RFC5547', 'file-date-attr', TWICE, ...DATE),
    texts: ['file-date:read:"Mon, 15 May 2006 15:01:31 +0300 (in (Kiev))"'],
  },
  row('file-icon', 'RFC5547', 'file-icon-attr', ESCAPES),
  row('file-range', 'RFC5547', 'file-range-attr', NUMBER),
  row('fingerprint', 'RFC4572', 'fingerprint-attribute'),
];

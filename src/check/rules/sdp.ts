/* Session descriptions: RFC 4566, and the message medium of RFC 4975 8. */

import type { ParseError } from '../../core/error.ts';
import { asciiLower, sameText } from '../../core/text.ts';
import type { MsrpUri } from '../../msrp/uri.ts';
import { getAttribute, getLine, type SdpCodec } from '../../sdp/access.ts';
import { attributeCodecs } from '../../sdp/attributes.ts';
import { isSdpToken } from '../../sdp/chars.ts';
import { DIRECTIONS } from '../../sdp/direction.ts';
import { acceptTypes } from '../../sdp/format-list.ts';
import { type MediaLine, mediaLine } from '../../sdp/media-line.ts';
import { bandwidth, timing } from '../../sdp/numbers.ts';
import { connectionData, origin } from '../../sdp/origin.ts';
import { path } from '../../sdp/path.ts';
import { illFormedOctets, placeOf } from '../../sdp/received.ts';
import type { SdpLine, SdpMedia, SdpSection } from '../../sdp/session.ts';
import type { SdpBody } from '../bodies.ts';
import { type BodyRule, type Found, told } from '../finding.ts';
import type { Range } from '../place.ts';

type SdpRule = BodyRule<'sdp'>;

/** Line number `i` of a section, without its CRLF. */
export function rangeOfLine({ place }: SdpBody, section: SdpSection, i: number): Range {
  const own = placeOf(section);
  if (own === undefined) return place.whole;
  const { from, index } = own;
  return place.range(index.starts[from + i] ?? 0, index.ends[from + i] ?? place.octets.length);
}

/** The first line with the attribute, or the first line of the section. */
export function rangeOfAttribute(body: SdpBody, section: SdpSection, ...names: readonly string[]): Range {
  const i = section.lines.findIndex(({ type, value }) => type === 'a' && names.includes(asciiLower(nameOf(value))));
  return rangeOfLine(body, section, Math.max(0, i));
}

function nameOf(attribute: string): string {
  const colon = attribute.indexOf(':');
  return colon < 0 ? attribute : attribute.slice(0, colon);
}

function sections({ session }: SdpBody): readonly SdpSection[] {
  return [session, ...session.media];
}

/** Every line of the description. */
function eachLine(body: SdpBody, look: (line: SdpLine) => Omit<Found, 'range'> | undefined): readonly Found[] {
  const found: Found[] = [];
  for (const section of sections(body)) {
    section.lines.forEach((line, i) => {
      const fault = look(line);
      if (fault !== undefined) found.push({ ...fault, range: rangeOfLine(body, section, i) });
    });
  }
  return found;
}

const LINES: ReadonlyMap<string, SdpCodec<unknown>> = new Map<string, SdpCodec<unknown>>(
  ([origin, connectionData, bandwidth, timing, mediaLine] as readonly SdpCodec<unknown>[]).map((codec) => [
    codec.name,
    codec,
  ]),
);

const ATTRIBUTES: ReadonlyMap<string, SdpCodec<unknown>> = new Map(attributeCodecs.map((codec) => [codec.name, codec]));

const refusedLine: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-9',
  severity: 'error',
  asks: 'every line is one by its grammar',
  find(body) {
    const charset = sections(body).some((section) => getAttribute(section, 'charset') !== undefined);
    return eachLine(body, (line) => {
      if (!charset && illFormedOctets(line) !== undefined)
        return { message: `encoding: the ${line.type}= line is no UTF-8` };
      const error = errorOf(line);
      return error === undefined ? undefined : { message: told(error), clause: error.clause };
    });
  },
};

function errorOf({ type, value }: SdpLine): ParseError | undefined {
  const codec = type === 'a' ? ATTRIBUTES.get(asciiLower(nameOf(value))) : LINES.get(type);
  if (codec === undefined) return undefined;
  const read = codec.parse(type === 'a' ? value.slice(nameOf(value).length + 1) : value);
  return read.ok ? undefined : read.error;
}

/** `a= filesize: 4092` is how the change request prints it; a blank belongs to no name. */
const attributeName: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-9',
  severity: 'error',
  asks: 'the name of an attribute is a token',
  find: (body) =>
    eachLine(body, ({ type, value }) => {
      if (type !== 'a' || isSdpToken(nameOf(value))) return undefined;
      return { message: `syntax: ${JSON.stringify(nameOf(value))} is no name of an attribute` };
    }),
};

const LETTERS = 'vosiuepcbtrzkam';

const version: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-5.1',
  severity: 'error',
  asks: 'the version is 0',
  find(body) {
    const value = body.session.lines[0]?.value;
    if (value === '0') return [];
    const range = rangeOfLine(body, body.session, 0);
    return [{ range, message: `unsupported: version ${JSON.stringify(value)}`, fix: 'v=0' }];
  },
};

const knownType: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-5',
  severity: 'error',
  asks: 'every line has a letter that RFC 4566 knows: a description with another one is ignored',
  find: (body) =>
    eachLine(body, ({ type }) =>
      LETTERS.includes(type) ? undefined : { message: `unsupported: ${type}= is no line` },
    ),
};

const connected: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-5.7',
  severity: 'error',
  asks: 'there is a c= line for every medium',
  find(body) {
    const { session } = body;
    if (session.lines.some(({ type }) => type === 'c')) return [];
    const without = session.media.filter(({ lines }) => !lines.some(({ type }) => type === 'c'));
    return without.map((medium) => {
      return { range: rangeOfLine(body, medium, 0), message: 'missing: no c= line, neither here nor for the session' };
    });
  },
};

const oneDirection: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-6',
  severity: 'error',
  asks: 'a medium has one direction',
  find(body) {
    const found: Found[] = [];
    for (const section of sections(body)) {
      const ways = section.lines.filter(
        ({ type, value }) => type === 'a' && (DIRECTIONS as readonly string[]).includes(asciiLower(value)),
      );
      if (ways.length < 2) continue;
      const said = ways.map(({ value }) => value).join(', ');
      found.push({ range: rangeOfAttribute(body, section, ...DIRECTIONS), message: `duplicate: ${said}` });
    }
    return found;
  },
};

/** A certificate may have several fingerprints. */
const REPEATED = ['fingerprint'];

const onceEach: SdpRule = {
  kind: 'sdp',
  clause: 'RFC4566-6',
  severity: 'error',
  asks: 'a medium has each attribute of a message medium once',
  find(body) {
    const found: Found[] = [];
    for (const section of body.session.media) {
      const seen = new Set<string>();
      section.lines.forEach(({ type, value }, i) => {
        const name = asciiLower(nameOf(value));
        if (type !== 'a' || !ATTRIBUTES.has(name) || REPEATED.includes(name)) return;
        if (seen.has(name))
          found.push({ range: rangeOfLine(body, section, i), message: `duplicate: a=${name} stands again` });
        seen.add(name);
      });
    }
    return found;
  },
};

/** A medium of messages over MSRP that is not refused. */
interface MessageMedium {
  readonly medium: SdpMedia;
  readonly line: MediaLine;
  readonly path: readonly MsrpUri[] | undefined;
}

function messageMedia({ session }: SdpBody): readonly MessageMedium[] {
  const found: MessageMedium[] = [];
  for (const medium of session.media) {
    const line = getLine(medium, mediaLine);
    if (line?.ok !== true || line.value.port === 0 || !isMsrp(line.value.proto)) continue;
    const uris = getAttribute(medium, path);
    found.push({ medium, line: line.value, path: uris?.ok === true ? uris.value : undefined });
  }
  return found;
}

function isMsrp(proto: string): boolean {
  return sameText(proto, 'TCP/MSRP') || sameText(proto, 'TCP/TLS/MSRP');
}

/** A rule about the message media of a session. */
function ofMessages(
  rule: Pick<SdpRule, 'clause' | 'severity' | 'asks'>,
  look: (medium: MessageMedium, body: SdpBody) => Found | undefined,
): SdpRule {
  return {
    kind: 'sdp',
    ...rule,
    find: (body) => messageMedia(body).flatMap((medium) => look(medium, body) ?? []),
  };
}

const pathThere: SdpRule = ofMessages(
  { clause: 'RFC4975-8.2', severity: 'error', asks: 'a message medium has a path' },
  ({ medium }, body) => {
    if (getAttribute(medium, path) !== undefined) return undefined;
    return { range: rangeOfLine(body, medium, 0), message: 'missing: a=path, by which this side is reached' };
  },
);

const typesThere: SdpRule = ofMessages(
  { clause: 'RFC4975-8.6', severity: 'error', asks: 'a message medium says what it accepts' },
  ({ medium }, body) => {
    if (getAttribute(medium, acceptTypes) !== undefined) return undefined;
    return { range: rangeOfLine(body, medium, 0), message: 'missing: a=accept-types' };
  },
);

const samePort: SdpRule = ofMessages(
  { clause: 'RFC4975-8.1', severity: 'error', asks: 'the port of the m= line is that of the last URI of the path' },
  ({ medium, line, path: uris }, body) => {
    const port = uris?.at(-1)?.port;
    if (uris === undefined || port === line.port) return undefined;
    const message = `mismatch: port ${line.port}, and ${port === undefined ? 'no port' : `port ${port}`} in a=path`;
    const fix = port === undefined ? undefined : `m=${mediaLine.format({ ...line, port })}`;
    return { range: rangeOfLine(body, medium, 0), message, ...(fix === undefined ? {} : { fix }) };
  },
);

const mediaWords: SdpRule = ofMessages(
  { clause: 'RFC4975-8.1', severity: 'error', asks: 'the m= line of MSRP says message and *' },
  ({ medium, line }, body) => {
    if (sameText(line.media, 'message') && line.formats.join(' ') === '*') return undefined;
    const fix = `m=${mediaLine.format({ ...line, media: 'message', formats: ['*'] })}`;
    return {
      range: rangeOfLine(body, medium, 0),
      message: `${line.media} and ${line.formats.join(' ')} for MSRP`,
      fix,
    };
  },
);

/** One network spells it so. */
const maxSizeName: SdpRule = ofMessages(
  { clause: 'RFC4975-8.6', severity: 'warning', asks: 'the largest message is told by a=max-size' },
  ({ medium }, body) => {
    const value = getAttribute(medium, 'maxsize');
    if (value === undefined) return undefined;
    const range = rangeOfAttribute(body, medium, 'maxsize');
    const fix = value.ok ? { fix: `a=max-size:${value.value}` } : {};
    return { range, message: 'a=maxsize is no attribute of a message medium', ...fix };
  },
);

export const SDP_RULES: readonly SdpRule[] = [
  ...[version, knownType, refusedLine, attributeName, connected, oneDirection, onceEach],
  ...[pathThere, typesThere, samePort, mediaWords, maxSizeName],
];

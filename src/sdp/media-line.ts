/*
 *   media-field  =  %x6d "=" media SP port ["/" integer] SP proto 1*(SP fmt) CRLF          RFC 4566 5.14, 9
 *   proto        =  token *("/" token)
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { scanNumber } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { whole } from '../core/write.ts';
import type { SdpCodec } from './access.ts';
import { scanSdpToken, sdpToken } from './chars.ts';
import { formatInteger, scanInteger } from './numbers.ts';

const CLAUSE: ClauseId = 'RFC4566-5.14';
const MAX_PORT = 65_535;
const SP = 0x20;
const SLASH = 0x2f;

/** What a medium is and where it goes: `message 7654 TCP/MSRP *`. */
export interface MediaLine {
  /** `message` for MSRP. */
  readonly media: string;
  /** 0 where the medium is refused. */
  readonly port: number;
  /** Ports from this one on, where the line says how many. */
  readonly portCount?: number | undefined;
  /** `TCP/MSRP` or `TCP/TLS/MSRP` */
  readonly proto: string;
  /** `*` for MSRP. */
  readonly formats: readonly string[];
}

export const mediaLine: SdpCodec<MediaLine> = /* @__PURE__ */ textCodec<MediaLine>({
  name: 'm',
  rule: 'media-field',
  clause: CLAUSE,
  scan,
  format,
});

function scan(s: Scanner): MediaLine | undefined {
  const media = scanSdpToken(s, 'media');
  if (media === undefined) return undefined;
  if (!s.take(SP)) return s.unexpected('media-field', CLAUSE, 'SP');
  const port = scanNumber(s, MAX_PORT, 'port', CLAUSE);
  if (port < 0) return undefined;
  let portCount: number | undefined;
  if (s.take(SLASH)) {
    portCount = scanInteger(s, 'integer', CLAUSE);
    if (portCount < 0) return undefined;
  }
  if (!s.take(SP)) return s.unexpected('media-field', CLAUSE, 'SP');
  const proto = scanProto(s);
  if (proto === undefined) return undefined;
  const formats: string[] = [];
  do {
    if (!s.take(SP)) return s.unexpected('media-field', CLAUSE, 'SP');
    const format = scanSdpToken(s, 'fmt');
    if (format === undefined) return undefined;
    formats.push(format);
  } while (s.peek() === SP);
  return { media, port, portCount, proto, formats };
}

function scanProto(s: Scanner): string | undefined {
  const { pos } = s;
  do {
    if (scanSdpToken(s, 'proto') === undefined) return undefined;
  } while (s.take(SLASH));
  return s.text.slice(pos, s.pos);
}

function format({ media, port, portCount, proto, formats }: MediaLine): string {
  const count = portCount === undefined ? '' : `/${formatInteger(portCount, 'portCount', CLAUSE)}`;
  const left = `${sdpToken(media, 'media')} ${whole(port, 0, MAX_PORT, 'port', CLAUSE)}${count}`;
  for (const part of String(proto).split('/')) sdpToken(part, 'proto');
  if (formats.length === 0) throw new EncodeError('a medium has at least one format', 'formats', CLAUSE);
  return `${left} ${proto} ${formats.map((fmt, i) => sdpToken(fmt, `formats[${i}]`)).join(' ')}`;
}

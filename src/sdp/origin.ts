/*
 *   origin-field  =  %x6f "=" username SP sess-id SP sess-version SP nettype SP addrtype SP unicast-address CRLF
 *   sess-id       =  1*DIGIT              sess-version  =  1*DIGIT                          RFC 4566 5.2, 9
 *   connection-field  =  [%x63 "=" nettype SP addrtype SP connection-address CRLF]          RFC 4566 5.7, 9
 *
 * Whose session it is, and where its media go. An address is as the grammar ends it, in extn-addr: any word.
 */
import { DIGIT } from '../core/chars.ts';
import { textCodec } from '../core/codec.ts';
import type { ClauseId } from '../core/error.ts';
import { scanRun } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { only } from '../core/write.ts';
import type { SdpCodec } from './access.ts';
import { nonWs, scanNonWs, scanSdpToken, sdpToken } from './chars.ts';

const ORIGIN: ClauseId = 'RFC4566-5.2';
const SP = 0x20;

/** Who made a session description, and which one it is. */
export interface Origin {
  readonly username: string;
  /** Digits: the number may be larger than others stay exact. */
  readonly sessionId: string;
  /** Digits. */
  readonly version: string;
  /** `IN` */
  readonly netType: string;
  /** `IP4` or `IP6` */
  readonly addressType: string;
  readonly address: string;
}

/** Where media go. */
export interface ConnectionData {
  readonly netType: string;
  readonly addressType: string;
  readonly address: string;
}

export const origin: SdpCodec<Origin> = /* @__PURE__ */ textCodec<Origin>({
  name: 'o',
  rule: 'origin-field',
  clause: ORIGIN,
  scan(s) {
    const username = scanNonWs(s, 'username');
    if (username === undefined || !space(s)) return undefined;
    const sessionId = scanRun(s, DIGIT, 'sess-id', ORIGIN);
    if (sessionId === undefined || !space(s)) return undefined;
    const version = scanRun(s, DIGIT, 'sess-version', ORIGIN);
    if (version === undefined || !space(s)) return undefined;
    const connection = scanConnection(s);
    if (connection === undefined) return undefined;
    const { netType, addressType, address } = connection;
    return { username, sessionId, version, netType, addressType, address };
  },
  format(value) {
    const username = nonWs(value.username, 'username');
    const id = only(value.sessionId, DIGIT, 'number', 'sessionId', ORIGIN);
    return `${username} ${id} ${only(value.version, DIGIT, 'number', 'version', ORIGIN)} ${formatConnection(value)}`;
  },
});

export const connectionData: SdpCodec<ConnectionData> = /* @__PURE__ */ textCodec<ConnectionData>({
  name: 'c',
  rule: 'connection-field',
  clause: 'RFC4566-5.7',
  scan: scanConnection,
  format: formatConnection,
});

function scanConnection(s: Scanner): ConnectionData | undefined {
  const netType = scanSdpToken(s, 'nettype');
  if (netType === undefined || !space(s)) return undefined;
  const addressType = scanSdpToken(s, 'addrtype');
  if (addressType === undefined || !space(s)) return undefined;
  const address = scanNonWs(s, 'connection-address');
  return address === undefined ? undefined : { netType, addressType, address };
}

function formatConnection({ netType, addressType, address }: ConnectionData): string {
  return `${sdpToken(netType, 'netType')} ${sdpToken(addressType, 'addressType')} ${nonWs(address, 'address')}`;
}

function space(s: Scanner): boolean {
  if (s.take(SP)) return true;
  s.unexpected('SP', 'RFC4566-9', 'SP');
  return false;
}

/*
 *   integer         =  POS-DIGIT *DIGIT                                                     RFC 4566 9
 *   max-size-value  =  1*(DIGIT)          max size in octets                                RFC 4975 8.6
 *   filesize-attr   =  "filesize:" filesize-value         filesize-value  =  integer        RFC 5547 6
 *   bandwidth-fields  =  *(%x62 "=" bwtype ":" bandwidth CRLF)      bandwidth = 1*DIGIT     RFC 4566 5.8
 *   time-fields       =  … %x74 "=" start-time SP stop-time …       0 or 10 digits and more, RFC 4566 5.9
 *
 * Numbers up to 2**53-1, which stay exact.
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { scanNumber } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { whole } from '../core/write.ts';
import type { SdpCodec } from './access.ts';
import { scanSdpToken, sdpToken } from './chars.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const ZERO = 0x30;
const FILESIZE: ClauseId = 'RFC5547-6';
const MAX_SIZE: ClauseId = 'RFC4975-8.6';
const BANDWIDTH: ClauseId = 'RFC4566-5.8';
const TIMING: ClauseId = 'RFC4566-5.9';
/** Ten digits, the first of them not 0. */
const MIN_NTP = 1_000_000_000;

/** Octets of the largest message that this side accepts: a hint. */
export const maxSize: SdpCodec<number> = /* @__PURE__ */ textCodec<number>({
  name: 'max-size',
  rule: 'max-size-value',
  clause: MAX_SIZE,
  scan(s) {
    const value = scanNumber(s, MAX, 'max-size-value', MAX_SIZE);
    return value < 0 ? undefined : value;
  },
  format: (value) => String(whole(value, 0, MAX, '', MAX_SIZE)),
});

/**
 * Octets of the whole message that will be sent. With the tolerance `sdp-filesize`, 0 and -1 are read as they stand;
 * they are never written.
 *
 * @duty LM-E6 (build, parse)
 */
export const filesize: SdpCodec<number> = /* @__PURE__ */ textCodec<number>({
  name: 'filesize',
  rule: 'filesize-value',
  clause: FILESIZE,
  scan(s) {
    const unknown = s.tolerates('sdp-filesize') ? takeUnknown(s) : undefined;
    if (unknown !== undefined) return unknown;
    const value = scanInteger(s, 'filesize-value', FILESIZE);
    return value < 0 ? undefined : value;
  },
  format: (value) => formatInteger(value, '', FILESIZE),
});

/** "0" or "-1", and nothing else. */
function takeUnknown(s: Scanner): 0 | -1 | undefined {
  const text = s.text.slice(s.pos, s.end);
  if (text !== '0' && text !== '-1') return undefined;
  s.note('sdp-filesize', FILESIZE);
  s.pos = s.end;
  return text === '0' ? 0 : -1;
}

/** POS-DIGIT *DIGIT; -1 where it is none. */
export function scanInteger(s: Scanner, rule: string, clause: ClauseId): number {
  if (s.peek() !== ZERO) return scanNumber(s, MAX, rule, clause);
  s.fail('syntax', rule, clause, 'a number without leading zeros, at least 1');
  return -1;
}

/** Throws EncodeError. */
export function formatInteger(value: number, path: string, clause: ClauseId): string {
  return String(whole(value, 1, MAX, path, clause));
}

/** A bandwidth and what it is one of: `AS:64` is kilobits per second. */
export interface Bandwidth {
  readonly type: string;
  readonly value: number;
}

export const bandwidth: SdpCodec<Bandwidth> = /* @__PURE__ */ textCodec<Bandwidth>({
  name: 'b',
  rule: 'bandwidth-fields',
  clause: BANDWIDTH,
  scan(s) {
    const type = scanSdpToken(s, 'bwtype');
    if (type === undefined) return undefined;
    if (!s.take(0x3a)) return s.unexpected('bandwidth-fields', BANDWIDTH, ':');
    const value = scanNumber(s, MAX, 'bandwidth', BANDWIDTH);
    return value < 0 ? undefined : { type, value };
  },
  format: ({ type, value }) => `${sdpToken(type, 'type')}:${whole(value, 0, MAX, 'value', BANDWIDTH)}`,
});

/** When a session is, in seconds since 1900 (NTP); 0 and 0 for a session that has no set time. */
export interface Timing {
  readonly start: number;
  readonly stop: number;
}

export const timing: SdpCodec<Timing> = /* @__PURE__ */ textCodec<Timing>({
  name: 't',
  rule: 'time-fields',
  clause: TIMING,
  scan(s) {
    const start = scanTime(s, 'start-time');
    if (start < 0) return undefined;
    if (!s.take(0x20)) return s.unexpected('time-fields', TIMING, 'SP');
    const stop = scanTime(s, 'stop-time');
    return stop < 0 ? undefined : { start, stop };
  },
  format: ({ start, stop }) => `${formatTime(start, 'start')} ${formatTime(stop, 'stop')}`,
});

/** "0", or a number without leading zeros of ten digits or more; -1 where it is neither. */
function scanTime(s: Scanner, rule: string): number {
  if (s.take(ZERO)) return 0;
  const { pos } = s;
  const value = scanNumber(s, MAX, rule, TIMING);
  if (value < 0 || value >= MIN_NTP) return value;
  s.fail('range', rule, TIMING, '0, or ten digits or more', pos);
  return -1;
}

function formatTime(value: number, path: string): string {
  if (value === 0) return '0';
  if (value >= MIN_NTP) return String(whole(value, MIN_NTP, MAX, path, TIMING));
  throw new EncodeError(`${value} is neither 0 nor a time of ten digits or more`, path, TIMING);
}

/*
 *   setup-attr       =  "a=setup:" role             role  =  "active" / "passive" / "actpass" / "holdconn"
 *   connection-attr  =  "a=connection:" conn-value  conn-value  =  "new" / "existing"       RFC 4145 4, 5
 *   file-tr-id-attr  =  "file-transfer-id:" token   file-disp-attr  =  "file-disposition:" token    RFC 5547 6
 *
 * Attributes whose value is one word.
 */
import { textCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { asciiLower } from '../core/text.ts';
import type { SdpCodec } from './access.ts';
import { scanSdpToken, sdpToken } from './chars.ts';

const SETUPS = ['active', 'passive', 'actpass', 'holdconn'] as const;
const CONNECTIONS = ['new', 'existing'] as const;

/** Who opens the connection. MSRP has no `holdconn` (RFC 6135 4.2.1). */
export type Setup = (typeof SETUPS)[number];

export const setup: SdpCodec<Setup> = /* @__PURE__ */ keyword<Setup>('setup', 'role', 'RFC4145-4', SETUPS);

/** Whether the connection is a new one. MSRP ignores it and never writes it (RFC 6135 4.4). */
export type ConnectionReuse = (typeof CONNECTIONS)[number];

export const connection: SdpCodec<ConnectionReuse> = /* @__PURE__ */ keyword<ConnectionReuse>(
  'connection',
  'conn-value',
  'RFC4145-5',
  CONNECTIONS,
);

/** Names one transfer of a file. */
export const fileTransferId: SdpCodec<string> = /* @__PURE__ */ word('file-transfer-id', 'file-tr-id-value');

/** What shall be done with a file: `attachment`, `render`. */
export const fileDisposition: SdpCodec<string> = /* @__PURE__ */ word('file-disposition', 'file-disp-value');

/** One of some words, which compare without case. */
function keyword<T extends string>(name: string, rule: string, clause: ClauseId, words: readonly T[]): SdpCodec<T> {
  return textCodec<T>({
    name,
    rule,
    clause,
    scan(s) {
      const { pos } = s;
      const text = scanSdpToken(s, rule);
      if (text === undefined) return undefined;
      return words.find((one) => one === asciiLower(text)) ?? s.fail('syntax', rule, clause, words.join(', '), pos);
    },
    format(value) {
      if (words.includes(value)) return value;
      throw new EncodeError(`${JSON.stringify(value)} is none of ${words.join(', ')}`, '', clause);
    },
  });
}

function word(name: string, rule: string): SdpCodec<string> {
  return textCodec<string>({
    name,
    rule,
    clause: 'RFC5547-6',
    scan: (s) => scanSdpToken(s, rule),
    format: (value) => sdpToken(value, ''),
  });
}

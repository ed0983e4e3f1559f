/*
 *   Status       =  "Status:" SP namespace SP status-code [SP comment]                   RFC 4975 9
 *   namespace    =  3(DIGIT)          000 where the code is one of a response, RFC 4975 7.1.3
 *   status-code  =  3DIGIT
 *   comment      =  utf8text
 */
import { CLASS, DIGIT } from '../../core/chars.ts';
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import type { Scanner } from '../../core/scanner.ts';
import { formatText, scanText } from '../text.ts';

const CLAUSE: ClauseId = 'RFC4975-9';

/** What a REPORT says of the octets. */
export interface MsrpStatus {
  /** Three digits; `000` is that of RFC 4975. */
  readonly namespace: string;
  readonly status: number;
  readonly comment?: string | undefined;
}

export const msrpStatus: FieldCodec<MsrpStatus> = /* @__PURE__ */ fieldCodec<MsrpStatus>({
  name: 'Status',
  rule: 'Status',
  clause: CLAUSE,
  scan: scanStatus,
  format: formatStatus,
});

function scanStatus(s: Scanner): MsrpStatus | undefined {
  const namespace = threeDigits(s, 'namespace');
  if (namespace === undefined) return undefined;
  if (!s.take(0x20)) return s.unexpected('Status', CLAUSE, 'a blank');
  const status = threeDigits(s, 'status-code');
  if (status === undefined) return undefined;
  const comment = s.take(0x20) ? scanText(s, 'comment') : undefined;
  return s.error === undefined ? { namespace, status: Number(status), comment } : undefined;
}

function threeDigits(s: Scanner, rule: string): string | undefined {
  const { codes, end, pos } = s;
  while (s.pos < end && s.pos < pos + 3 && ((CLASS[codes[s.pos] as number] as number) & DIGIT) !== 0) s.pos++;
  return s.pos === pos + 3 ? s.text.slice(pos, s.pos) : s.unexpected(rule, CLAUSE, 'three digits');
}

function formatStatus({ namespace, status, comment }: MsrpStatus): string {
  if (!/^[0-9]{3}$/.test(namespace)) throw new EncodeError('no three digits', 'namespace', CLAUSE);
  const text = `${namespace} ${formatStatusCode(status, 'status')}`;
  return comment === undefined ? text : `${text} ${formatText(comment, 'comment')}`;
}

/** Three digits. Throws EncodeError. */
export function formatStatusCode(status: number, path: string): string {
  if (Number.isInteger(status) && status >= 0 && status <= 999) return String(status).padStart(3, '0');
  throw new EncodeError(`${status} has not three digits`, path, CLAUSE);
}

/*
 *   Warning        =  "Warning" HCOLON warning-value *(COMMA warning-value)          RFC 3261 20.43, 25.1
 *   warning-value  =  warn-code SP warn-agent SP warn-text
 *   warn-code      =  3DIGIT
 *   warn-agent     =  hostport / pseudonym                                           pseudonym = token
 *   warn-text      =  quoted-string
 *
 * A quoted-string begins with SWS, so there may be more blanks before the text, but not before the agent.
 */
import { CLASS, DIGIT, TOKEN } from '../../core/chars.ts';
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanHost } from '../../core/host.ts';
import { scanList, scanNumber, scanQuotedString } from '../../core/scan.ts';
import { open, type Scanner } from '../../core/scanner.ts';
import { quote, whole } from '../../core/write.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3261-20.43';
const MAX_PORT = 65_535;

/** What went wrong, in the words of the one that says so. */
export interface Warning {
  /** Three digits on the wire: 0 to 999. */
  readonly code: number;
  /** Who says so: host, host and port, or a name of its choice. */
  readonly agent: string;
  readonly text: string;
}

export const warning: FieldCodec<readonly Warning[]> = /* @__PURE__ */ listCodec<Warning>({
  name: 'Warning',
  rule: 'Warning',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanWarning),
  format: (value) => formatList(value, 'Warning', CLAUSE, formatWarning),
});

function scanWarning(s: Scanner): Warning | undefined {
  const { codes, end, pos } = s;
  let code = 0;
  for (let i = 0; i < 3; i++) {
    const digit = s.pos < end ? (codes[s.pos] as number) : 0;
    if (((CLASS[digit] as number) & DIGIT) === 0) return s.unexpected('warn-code', CLAUSE, 'three digits');
    code = code * 10 + digit - 0x30;
    s.pos = pos + i + 1;
  }
  if (!s.take(0x20)) return s.unexpected('warning-value', CLAUSE, 'one SP');
  const agent = scanAgent(s);
  if (agent === undefined) return undefined;
  if (!s.take(0x20)) return s.unexpected('warning-value', CLAUSE, 'one SP');
  s.skipWsp();
  const text = scanQuotedString(s);
  return text === undefined ? undefined : { code, agent, text };
}

/** Most hosts are tokens; one with a port or an IPv6 literal is not. */
function scanAgent(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && ((CLASS[codes[p] as number] as number) & TOKEN) !== 0) p++;
  if (p > pos && (p === end || codes[p] !== 0x3a)) {
    s.pos = p;
    return s.text.slice(pos, p);
  }
  if (scanHost(s) === undefined) return undefined;
  if (s.take(0x3a) && scanNumber(s, MAX_PORT, 'port', CLAUSE) < 0) return undefined;
  return s.text.slice(pos, s.pos);
}

function formatWarning({ code, agent, text }: Warning): string {
  const digits = String(whole(code, 0, 999, 'code', CLAUSE)).padStart(3, '0');
  const s = open(agent, 'warn-agent', CLAUSE, undefined);
  if (s.error !== undefined || scanAgent(s) === undefined || s.pos !== s.end) {
    throw new EncodeError(`${JSON.stringify(agent)} is no warn-agent`, 'agent', CLAUSE);
  }
  return `${digits} ${agent} ${quote(text, 'text', CLAUSE)}`;
}

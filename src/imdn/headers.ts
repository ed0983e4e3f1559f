/*
 *   Disposition-Notification  =  "Disposition-Notification" ": " [ notify-req *( COMMA notify-req ) ]     RFC 5438 10
 *   notify-req                =  ( "negative-delivery" / "positive-delivery" / "processing" / "display" / Token )
 *                                *( SEMI Ext-param )
 *   Message-ID                =  "Message-ID" ": " Token
 *   Original-To               =  "Original-To" ": " [ Formal-name ] "<" URI ">"
 *   IMDN-Record-Route, IMDN-Route likewise
 *   SEMI = *SP ";" *SP    COMMA = *SP "," *SP    Ext-param = Param-name "=" Param-value (RFC 3862 3.6)
 *
 * The CPIM headers of the namespace `urn:ietf:params:imdn`, under whatever prefix. All compares exactly (10).
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { type CpimAddress, formatAddress, scanAddress } from '../cpim/address.ts';
import { formatString, scanString } from '../cpim/escape.ts';
import {
  type CpimCodecParts,
  type CpimOnce,
  type CpimParam,
  type CpimRepeated,
  cpimOnce,
  cpimRepeated,
  scanCpimToken,
  scanName,
} from '../cpim/header.ts';

const CLAUSE: ClauseId = 'RFC5438-10';
const SP = 0x20;

/** The namespace of the headers. */
export const IMDN_NAMESPACE = 'urn:ietf:params:imdn';

/** A disposition that the sender wants to be told about. */
export interface NotifyRequest {
  /** `positive-delivery`, `negative-delivery`, `processing`, `display`, or one of an extension, as `interworking`. */
  readonly type: string;
  readonly params?: readonly CpimParam[] | undefined;
}

/** Nothing in the list asks for nothing, as does the absent header. */
export const imdnDispositionNotification: CpimOnce<readonly NotifyRequest[]> = /* @__PURE__ */ cpimOnce(
  /* @__PURE__ */ header<readonly NotifyRequest[]>('Disposition-Notification', scanRequests, formatRequests),
);

/** Identifies the message, and is not to be guessed: at least 64 random bits (6.3). */
export const imdnMessageId: CpimOnce<string> = /* @__PURE__ */ cpimOnce(
  /* @__PURE__ */ header<string>('Message-ID', scanCpimToken, (value) => cpimToken(value, '')),
);

/** Whom the message was sent to, before a list or a gateway set another To. */
export const imdnOriginalTo: CpimOnce<CpimAddress> = /* @__PURE__ */ cpimOnce(/* @__PURE__ */ address('Original-To'));

/** Who wants to see the notification on its way back, the last one first. */
export const imdnRecordRoute: CpimRepeated<CpimAddress> = /* @__PURE__ */ cpimRepeated(
  /* @__PURE__ */ address('IMDN-Record-Route'),
);

/** By whom the notification shall go, the next one first. */
export const imdnRoute: CpimRepeated<CpimAddress> = /* @__PURE__ */ cpimRepeated(/* @__PURE__ */ address('IMDN-Route'));

function header<T>(name: string, scan: (s: Scanner) => T | undefined, format: (value: T) => string): CpimCodecParts<T> {
  return { name, rule: name, clause: CLAUSE, namespace: IMDN_NAMESPACE, prefix: 'imdn', scan, format };
}

function address(name: string): CpimCodecParts<CpimAddress> {
  return header<CpimAddress>(
    name,
    (s) => scanAddress(s, CLAUSE),
    (value) => formatAddress(value, '', CLAUSE),
  );
}

function scanRequests(s: Scanner): readonly NotifyRequest[] | undefined {
  const requests: NotifyRequest[] = [];
  if (s.pos === s.end) return requests;
  do {
    if (requests.length === s.limits.params) return tooMany(s, 'notify-req');
    const type = scanCpimToken(s);
    const params = type === undefined ? undefined : scanParams(s);
    if (type === undefined || params === undefined) return undefined;
    requests.push({ type, params: params.length === 0 ? undefined : params });
  } while (takeSeparator(s, 0x2c));
  return requests;
}

function scanParams(s: Scanner): readonly CpimParam[] | undefined {
  const params: CpimParam[] = [];
  while (takeSeparator(s, 0x3b)) {
    if (params.length === s.limits.params) return tooMany(s, 'disp-notify-params');
    const name = scanName(s, 'Param-name');
    if (name === undefined) return undefined;
    if (!s.take(0x3d)) return s.unexpected('disp-notify-params', CLAUSE, '=');
    const value = s.peek() === 0x22 ? scanString(s) : scanCpimToken(s);
    if (value === undefined) return undefined;
    params.push({ name, value });
  }
  return params;
}

/** The character with blanks around it; blanks that it does not follow are left standing. */
function takeSeparator(s: Scanner, code: number): boolean {
  const { codes, end } = s;
  let p = s.pos;
  while (p < end && codes[p] === SP) p++;
  if (p === end || codes[p] !== code) return false;
  do p++;
  while (p < end && codes[p] === SP);
  s.pos = p;
  return true;
}

function tooMany(s: Scanner, rule: string): undefined {
  return s.fail('limit', rule, CLAUSE, `at most ${s.limits.params}`);
}

function formatRequests(requests: readonly NotifyRequest[]): string {
  return requests.map(formatRequest).join(', ');
}

function formatRequest({ type, params = [] }: NotifyRequest, i: number): string {
  let text = cpimToken(type, `[${i}].type`);
  params.forEach(({ name, value }, j) => {
    const path = `[${i}].params[${j}]`;
    if (!isWhole(name, scanParamName))
      throw new EncodeError(`${JSON.stringify(name)} is no Name`, `${path}.name`, CLAUSE);
    text += `;${name}=${isWhole(value, scanCpimToken) ? value : formatString(value, `${path}.value`)}`;
  });
  return text;
}

function scanParamName(s: Scanner): string | undefined {
  return scanName(s, 'Param-name');
}

/** The text if it is a Token of CPIM. Throws EncodeError. */
function cpimToken(text: string, path: string): string {
  if (isWhole(text, scanCpimToken)) return text;
  throw new EncodeError(`${JSON.stringify(text)} is no Token`, path, CLAUSE);
}

function isWhole(text: string, scan: (s: Scanner) => string | undefined): boolean {
  const s = open(text, 'Token', CLAUSE, undefined);
  return s.error === undefined && scan(s) !== undefined && s.pos === s.end;
}

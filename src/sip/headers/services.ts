/*
 *   P-Asserted-Service   =  "P-Asserted-Service" HCOLON Service-ID *(COMMA Service-ID)       RFC 6050 4.1
 *   P-Preferred-Service  =  "P-Preferred-Service" HCOLON Service-ID *(COMMA Service-ID)      RFC 6050 4.2
 *   Service-ID           =  "urn:urn-7:" urn-service-id                                      RFC 6050 4.4
 *   urn-service-id       =  top-level *("." sub-service-id)
 *   top-level            =  let-dig [ *26let-dig ]
 *   sub-service-id       =  let-dig [ *let-dig ]
 *   let-dig              =  ALPHA / DIGIT / "-"
 *
 * The URN stands as it is: its colons are %-escaped in feature tags only (RFC 3840 9).
 */
import { ALPHA, CLASS, DIGIT } from '../../core/chars.ts';
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanList } from '../../core/scan.ts';
import { open, type Scanner } from '../../core/scanner.ts';
import { sameText } from '../../core/text.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC6050-4.4';
const PREFIX = 'urn:urn-7:';
const TOP_LEVEL_MAX = 27;
const UNLIMITED: number = Number.MAX_SAFE_INTEGER;

/** Whole URNs, as written, in order of preference. @duty PM-10-IMS (parse) */
export const pPreferredService: FieldCodec<readonly string[]> = /* @__PURE__ */ servicesField(
  'P-Preferred-Service',
  'RFC6050-4.2',
);

/** Whole URNs, as written: what the network vouches for. */
export const pAssertedService: FieldCodec<readonly string[]> = /* @__PURE__ */ servicesField(
  'P-Asserted-Service',
  'RFC6050-4.1',
);

function servicesField(name: string, clause: ClauseId): FieldCodec<readonly string[]> {
  return listCodec<string>({
    name,
    rule: name,
    clause,
    scan: (s) => scanList(s, scanServiceId),
    format: (value) => formatList(value, name, clause, formatServiceId),
  });
}

function scanServiceId(s: Scanner): string | undefined {
  const { end, pos } = s;
  if (!sameText(s.text.slice(pos, Math.min(end, pos + PREFIX.length)), PREFIX)) {
    return s.unexpected('Service-ID', CLAUSE, PREFIX);
  }
  s.pos = pos + PREFIX.length;
  if (!stepOverLabel(s, TOP_LEVEL_MAX, 'top-level')) return undefined;
  while (s.take(0x2e)) if (!stepOverLabel(s, UNLIMITED, 'sub-service-id')) return undefined;
  return s.text.slice(pos, s.pos);
}

/** One to `max` let-dig. */
function stepOverLabel(s: Scanner, max: number, rule: string): boolean {
  const { codes, end, pos } = s;
  let p = pos;
  while (p < end && (((CLASS[codes[p] as number] as number) & (ALPHA | DIGIT)) !== 0 || codes[p] === 0x2d)) p++;
  s.pos = p;
  if (p === pos) s.unexpected(rule, CLAUSE, 'a letter, digit or hyphen');
  else if (p - pos > max) s.fail('syntax', rule, CLAUSE, `at most ${max} characters`, pos + max);
  return s.error === undefined;
}

function formatServiceId(service: string): string {
  const s = open(service, 'Service-ID', CLAUSE, undefined);
  if (s.error === undefined && scanServiceId(s) !== undefined && s.pos === s.end) return service;
  throw new EncodeError(`${JSON.stringify(service)} is no Service-ID`, '', CLAUSE);
}

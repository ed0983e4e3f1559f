import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FieldCodec } from '../core/codec.ts';
import type { Param } from '../core/params.ts';
import { contentType } from '../mime/content-headers.ts';
import { decodeMultipart, type Multipart } from '../mime/multipart.ts';
import { get } from '../sip/access.ts';
import { decodeEscapes } from '../sip/escaped.ts';
import { headerCodec } from '../sip/headers/registry.ts';
import { type SipMessage, type SipRequest, sipMessage } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { sameName } from '../sip/names.ts';
import { isSipUri, sipUri } from '../sip/uri.ts';
import { check, passes } from './check.ts';

interface Verdict {
  readonly file: string;
  readonly decode: 'valid' | 'invalid';
  readonly code?: string;
  readonly check: 'valid' | 'invalid' | 'either';
  readonly consumed?: number;
  readonly errors: readonly { readonly field: string; readonly code: string; readonly optional?: boolean }[];
  readonly values?: Readonly<Record<string, unknown>> & { readonly headers?: Readonly<Record<string, unknown>> };
  readonly warnings?: readonly { readonly field: string; readonly clause: string }[];
}

const root = new URL('../../fixtures/torture/', import.meta.url);

function verdicts(set: string): readonly Verdict[] {
  return JSON.parse(readFileSync(new URL(`${set}/verdicts.json`, root), 'utf8')) as readonly Verdict[];
}

/** Our value in the form of the verdicts, which is of no implementation. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const shown: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value as Record<string, unknown>)) {
    if (part === undefined) continue;
    if (key === 'params' || key === 'headers') {
      const texts = (part as readonly Param[]).map(nameAndValue);
      const name = key === 'params' ? 'parameters' : key;
      shown[name] = texts;
      shown[`${name}Decoded`] = texts.map((escaped) => escaped.map(decoded));
    } else if (key === 'rest') shown.opaque = part;
    else shown[key] = plain(part);
    if (key === 'user') shown.userDecoded = decoded(part as string);
  }
  return shown;
}

function decoded(escaped: string): string {
  const read = decodeEscapes(escaped);
  return read.ok ? read.value : escaped;
}

function nameAndValue({ name, value }: Param): readonly string[] {
  return value === undefined ? [name] : [name, value];
}

/** The octets that an escaped text stands for. */
function octetsOf(escaped: string): readonly number[] {
  return [...escaped.matchAll(/%([0-9a-f]{2})|[\s\S]/gi)].map(([all, hex]) =>
    hex === undefined ? all.charCodeAt(0) : Number.parseInt(hex, 16),
  );
}

function usersOf(message: SipMessage, header: string): unknown {
  const read = get(message, headerCodec(header) as FieldCodec<NameAddr | readonly NameAddr[]>);
  if (read?.ok !== true) return undefined;
  const users = [read.value].flat().map(({ uri }) => octetsOf(isSipUri(uri) ? (uri.user ?? '') : ''));
  return Array.isArray(read.value) ? users : users[0];
}

describe.each([
  ['rfc4475', 49],
  ['rfc5118', 15],
])('%s', (set, count) => {
  const all = verdicts(set);

  it('has a verdict for every message', () => {
    const files = readdirSync(new URL(`${set}/`, root)).filter((name) => name.endsWith('.dat'));
    expect(all.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(all.length).toBe(count);
  });

  it.each(all.map((verdict) => [verdict.file, verdict] as const))('%s', (file, verdict) => {
    const octets = new Uint8Array(readFileSync(new URL(`${set}/${file}`, root)));
    const decoded = sipMessage.decode(octets);
    expect(decoded.ok ? 'valid' : 'invalid').toBe(verdict.decode);
    if (decoded.ok) {
      expect(decoded.consumed).toBe(verdict.consumed);
      expect(Buffer.compare(sipMessage.encode(decoded.value), octets.subarray(0, decoded.consumed))).toBe(0);
    } else expect(decoded.error.code).toBe(verdict.code);

    if (decoded.ok && verdict.values !== undefined) checkValues(decoded.value, verdict.values);

    const report = check(octets, { profile: 'sip' });
    if (verdict.check !== 'either') expect(passes(report) ? 'valid' : 'invalid').toBe(verdict.check);
    const errors = new Set(report.findings.filter(({ severity }) => severity === 'error').map(({ field }) => field));
    const mandatory = verdict.errors.filter(({ optional }) => optional !== true).map(({ field }) => field);
    const optional = verdict.errors.map(({ field }) => field);
    expect(
      [...errors].filter((field) => !optional.includes(field as string)),
      'errors beyond the verdict',
    ).toEqual([]);
    expect(
      mandatory.filter((field) => !errors.has(field)),
      'errors of the verdict that were not found',
    ).toEqual([]);
  });
});

interface Alone {
  readonly file: string;
  readonly completed?: { readonly append: string; readonly errors: readonly { readonly field: string }[] };
  readonly alone?: readonly { readonly header: string; readonly text: string; readonly offset: number }[];
}

describe('baddn.dat, which lacks its blank line', () => {
  const [row] = (verdicts('rfc4475') as readonly Alone[]).filter(({ file }) => file === 'baddn.dat');

  it('decodes once it has one, and its addresses are refused', () => {
    const whole = Buffer.concat([
      readFileSync(new URL('rfc4475/baddn.dat', root)),
      Buffer.from(row?.completed?.append ?? ''),
    ]);
    const { findings } = check(new Uint8Array(whole), { profile: 'sip' });
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ field }) => field);
    expect(errors.sort()).toEqual(row?.completed?.errors.map(({ field }) => field).sort());
  });

  it.each(row?.alone ?? [])('$header alone is refused where the comma stands', ({ header, text, offset }) => {
    expect(headerCodec(header)?.parse(text)).toMatchObject({ ok: false, error: { code: 'syntax', offset } });
  });
});

/** What must come out of a message that decodes: start-line, body, and each header's typed value or its text. */
function checkValues(message: SipMessage, values: NonNullable<Verdict['values']>): void {
  const { headers = {}, body, requestUri, userOctets, ...start } = values;
  expect(message).toMatchObject(start);
  if (body !== undefined) checkBody(message, body as Body);
  if (requestUri !== undefined) {
    const uri = sipUri.parse((message as SipRequest).uri);
    expect(uri.ok && plain(uri.value)).toMatchObject(requestUri as object);
  }
  for (const [name, expected] of Object.entries(headers)) {
    const codec = headerCodec(name);
    if (typeof expected === 'string' || codec === undefined) {
      expect(message.fields.filter((field) => sameName(field.name, name)).map(({ value }) => value)).toContain(
        expected,
      );
      continue;
    }
    const read = get(message, codec);
    const value = read?.ok === true ? plain(read.value) : read;
    if (typeof expected === 'object') expect(value, name).toMatchObject(expected as object);
    else expect(value, name).toBe(expected);
  }
  for (const [header, users] of Object.entries((userOctets ?? {}) as object)) {
    expect(usersOf(message, header)).toEqual(users);
  }
}

interface Body {
  readonly length: number;
  readonly parts?: readonly { readonly contentType: string; readonly length: number; readonly sha256?: string }[];
}

function checkBody(message: SipMessage, { length, parts }: Body): void {
  expect(message.body.length).toBe(length);
  if (parts === undefined) return;
  const type = get(message, contentType);
  const read = decodeMultipart(message.body, type?.ok === true ? type.value : '');
  expect(read.ok && read.value.parts.length).toBe(parts.length);
  if (!read.ok) return;
  for (const [i, part] of parts.entries()) {
    const { fields, body } = read.value.parts[i] as Multipart['parts'][number];
    expect(fields.find(({ name }) => sameName(name, 'Content-Type'))?.value).toContain(part.contentType);
    expect(body.length).toBe(part.length);
    if (part.sha256 !== undefined) expect(createHash('sha256').update(body).digest('hex')).toBe(part.sha256);
  }
}

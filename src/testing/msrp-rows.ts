/*
 * The rows of agreement of MSRP: its URIs and its headers.
 */
import type { Codec } from '../core/codec.ts';
import { byteRange } from '../msrp/headers/byte-range.ts';
import { msrpMessageId } from '../msrp/headers/message-id.ts';
import { fromPath, toPath } from '../msrp/headers/path.ts';
import { failureReport, successReport } from '../msrp/headers/reports.ts';
import { msrpStatus } from '../msrp/headers/status.ts';
import { useNickname } from '../msrp/headers/use-nickname.ts';
import type { AgreementRow, Excuse } from './agreement-rows.ts';

/** Headers of MSRP, none of which is an artefact of its own. */
export const MSRP_CODECS: Readonly<Record<string, Codec<unknown>>> = {
  'msrp/To-Path': toPath as Codec<unknown>,
  'msrp/From-Path': fromPath as Codec<unknown>,
  'msrp/Message-ID': msrpMessageId as Codec<unknown>,
  'msrp/Success-Report': successReport as Codec<unknown>,
  'msrp/Failure-Report': failureReport as Codec<unknown>,
  'msrp/Byte-Range': byteRange as Codec<unknown>,
  'msrp/Status': msrpStatus as Codec<unknown>,
  'msrp/Use-Nickname': useNickname as Codec<unknown>,
};

/** What stands between the slashes of an MSRP URI without its userinfo: host, port, and what might be part of them. */
function authority(uri: string): string {
  return (/^msrps?:\/\/([^/]*)/i.exec(uri)?.[1] ?? '').replace(/^[^@]*@/, '');
}

const URI: readonly Excuse[] = [
  {
    id: 'msrp-port',
    explains: (text, error) => error?.code === 'range' && Number(/^\d+/.exec(text.slice(error.offset))?.[0]) > 65_535,
  },
  {
    id: 'msrp-empty',
    explains: (text, error) => error?.clause === 'RFC3986-3.2' && /^(?:;|:|$)|^[^;]*:(?:;|$)/.test(authority(text)),
  },
  {
    id: 'msrp-host',
    explains: (text, error) => error !== undefined && /^[^[:]*;/.test(authority(text)) && text.split(';').length > 2,
  },
  { id: 'msrp-ip-future', explains: (text, error) => error !== undefined && /^\[v/i.test(authority(text)) },
];

/** The same for the URI in a path at which the refusal stands. */
const PATH: readonly Excuse[] = URI.map(({ id, explains }) => ({
  id,
  explains(text, error) {
    if (error === undefined) return false;
    const from = text.lastIndexOf(' ', error.offset - 1) + 1;
    return explains(text.slice(from).replace(/ .*/s, ''), { ...error, offset: error.offset - from });
  },
}));

/** Whether the numbers contradict each other, or are none that a program can count with. */
function isImpossible(text: string): boolean {
  const [start, end, total] = text.split(/[-/]/).map((part) => (part === '*' ? undefined : BigInt(part)));
  if ([start, end, total].some((number) => number !== undefined && number > Number.MAX_SAFE_INTEGER)) return true;
  const last = end ?? (start as bigint) - 1n;
  const empty = start === 1n && end === 0n;
  return start === 0n || (last < (start as bigint) - (end === undefined ? 1n : 0n) && !empty) || last > (total ?? last);
}

const RANGE: Excuse = { id: 'msrp-range', explains: (text, error) => error?.code === 'range' && isImpossible(text) };

function header(name: string, ...excuses: readonly Excuse[]): AgreementRow {
  return { artefact: `msrp/${name}`, document: 'RFC4975', rule: `${name}:value`, excuses, asItStands: true };
}

export const MSRP_ROWS: readonly AgreementRow[] = [
  { artefact: 'msrp-uri', document: 'RFC4975', rule: 'MSRP-URI', excuses: URI, asItStands: true },
  header('To-Path', ...PATH),
  header('From-Path', ...PATH),
  header('Message-ID'),
  header('Success-Report'),
  header('Failure-Report'),
  { ...header('Byte-Range', RANGE), texts: ['1-*/*', '1-0/0', '0-5/5', '9-1/0', '1-5/4', '1-18446744073709551616/*'] },
  header('Status'),
  { ...header('Use-Nickname'), document: 'RFC7701' },
];

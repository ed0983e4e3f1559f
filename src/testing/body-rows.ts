/*
 * The rows of agreement of the text codecs that bodies are made of: headers of CPIM, and dates.
 */
import type { Codec } from '../core/codec.ts';
import { cpimCc, cpimFrom, cpimTo } from '../cpim/address.ts';
import { cpimDateTime } from '../cpim/datetime.ts';
import { cpimNs, cpimRequire } from '../cpim/namespaces.ts';
import { cpimSubject } from '../cpim/subject.ts';
import { mimeDate } from '../mime/mime-date.ts';
import type { AgreementRow, Excuse } from './agreement-rows.ts';

/** Text codecs of bodies, none of which is an artefact of its own. */
export const BODY_CODECS: Readonly<Record<string, Codec<unknown>>> = {
  'cpim/From': cpimFrom as Codec<unknown>,
  'cpim/To': cpimTo as Codec<unknown>,
  'cpim/cc': cpimCc as Codec<unknown>,
  'cpim/DateTime': cpimDateTime as Codec<unknown>,
  'cpim/Subject': cpimSubject as Codec<unknown>,
  'cpim/NS': cpimNs as Codec<unknown>,
  'cpim/Require': cpimRequire as Codec<unknown>,
  'mime-date': mimeDate as Codec<unknown>,
};

/** The text with every escape of the rule taken out, so that what is left of a backslash escapes nothing. */
const unescaped = (text: string): string => text.replace(/\\(?:u[0-9A-Fa-f]{4}|[btnr"'\\])/g, '');

export const ESCAPES: readonly Excuse[] = [
  {
    id: 'cpim-lone-surrogate',
    explains: (text, error) => error?.code === 'encoding' && /\\u[Dd][89A-Fa-f][0-9A-Fa-f]{2}/.test(text),
  },
  { id: 'cpim-other-escape', explains: (text, error) => error === undefined && unescaped(text).includes('\\') },
];

/** Brackets in the part of a URI that has no authority, or behind it. */
export const BRACKETS: Excuse = {
  id: 'uri-brackets',
  explains: (text, error) => error === undefined && /<[^<>]*[[\]][^<>]*>$/.test(text),
};

/** A blank behind the one that parts the value from the colon. */
const SECOND_BLANK: Excuse = {
  id: 'cpim-second-blank',
  explains: (text, error) => error !== undefined && /^(?:;[^ ]*)? {2}/.test(text),
};

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/i;

/** Whether the numbers of a date-time are in the ranges that the host's calendar knows; no leap second is. */
function isDateTime(text: string): boolean {
  const parts = (DATE_TIME.exec(text) ?? []).slice(1).map((digits) => Number(digits ?? 0));
  const [year, month, day, hour, minute, second, hours, minutes] = parts as [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60 && hours < 24 && minutes < 60;
}

const DATE_RANGES: Excuse = {
  id: 'cpim-date-range',
  explains: (text, error) => error?.code === 'range' && !isDateTime(text),
};

const MAIL_DATE = /^(?:[A-Z]{3},)?[ \t]*(\d{1,2})[ \t]+([A-Z]+)[ \t]+(\d{4})[ \t]+(\d\d):(\d\d)(?::(\d\d))?[ \t]+/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function isMailDate(text: string): boolean {
  const [, day, month = '', year, hour, minute, second = '0'] = MAIL_DATE.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), MONTHS.indexOf(month.slice(0, 3).toLowerCase()), Number(day));
  const inRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return Number(day) > 0 && date.getUTCDate() === Number(day) && inRange;
}

const MIME_DATE: readonly Excuse[] = [
  { id: 'mime-date-comment', explains: (text, error) => error !== undefined && text.includes('(') },
  {
    id: 'mime-date-zone',
    explains: (text, error) => error?.rule === 'zone' && /[+-]\d{4}[ \t]*$/.test(text) && !/0000[ \t]*$/.test(text),
  },
  { id: 'mime-date-range', explains: (text, error) => error?.code === 'range' && !isMailDate(text) },
  {
    id: 'mime-date-year',
    explains: (text, error) => error?.rule === 'year' && /[ \t]\d{5,}[ \t]/.test(text),
  },
  {
    id: 'mime-date-words',
    explains: (text, error) => error === undefined && (/[A-Z]{4,}/i.test(text) || /\b(?:GMT|UT)[ \t]*$/i.test(text)),
  },
];

/** Of the examples of RFC 4483 and RFC 5547. */
const EXPIRATIONS = ['Mon, 24 June 2002 09:00:00 GMT', 'Mon, 15 May 2006 15:01:31 +0300', '24 Jun 2002 09:00 -0000'];

function header(name: string, ...excuses: readonly Excuse[]): AgreementRow {
  const rule = `${name === 'cc' ? 'Cc' : name}-header:value`;
  return { artefact: `cpim/${name}`, document: 'RFC3862', rule, excuses };
}

export const BODY_ROWS: readonly AgreementRow[] = [
  header('From', ...ESCAPES, BRACKETS),
  header('To', ...ESCAPES, BRACKETS),
  header('cc', ...ESCAPES, BRACKETS),
  header('DateTime', DATE_RANGES),
  { ...header('Subject', ...ESCAPES, SECOND_BLANK), asItStands: true },
  header('NS', BRACKETS),
  header('Require'),
  { artefact: 'mime-date', document: 'RFC5322', rule: 'date-time', excuses: MIME_DATE, texts: EXPIRATIONS },
];

/* Messages with what is known about them (RFC 3862), and what they ask to be told (RFC 5438). */
import type { ParseError } from '../../core/error.ts';
import { asciiLower, sameText } from '../../core/text.ts';
import { cpimErrors, getAllCpim, getCpim, locateCpim, unknownRequirements } from '../../cpim/access.ts';
import { cpimCc, cpimFrom, cpimTo } from '../../cpim/address.ts';
import { cpimDateTime } from '../../cpim/datetime.ts';
import { type CpimCodec, type CpimHeader, type CpimOnce, ReceivedCpimHeader } from '../../cpim/header.ts';
import type { CpimMessage } from '../../cpim/message.ts';
import { cpimRequire } from '../../cpim/namespaces.ts';
import { cpimSubject } from '../../cpim/subject.ts';
import {
  imdnDispositionNotification,
  imdnMessageId,
  imdnOriginalTo,
  imdnRecordRoute,
  imdnRoute,
} from '../../imdn/headers.ts';
import { contentDisposition } from '../../mime/content-headers.ts';
import { getMime } from '../../mime/fields.ts';
import type { Body, CpimBody } from '../bodies.ts';
import { type BodyRule, type Found, told } from '../finding.ts';
import type { Range } from '../place.ts';
import { faultsInFields, rangeOfField } from './multipart.ts';

type CpimRule = BodyRule<'cpim'>;

const IMDN_HEADERS = [imdnDispositionNotification, imdnMessageId, imdnOriginalTo, imdnRecordRoute, imdnRoute] as const;
const CODECS: readonly CpimCodec<unknown>[] = [
  ...[cpimFrom, cpimTo, cpimCc, cpimDateTime, cpimSubject, cpimRequire],
  ...IMDN_HEADERS,
] as readonly CpimCodec<unknown>[];

/** Header number `i`, without its CRLF. */
function rangeOfHeader({ message, place }: CpimBody, i: number): Range {
  const own = ReceivedCpimHeader.placeOf(message.headers[i] as CpimHeader);
  return own === undefined ? place.whole : place.range(own.from, own.end);
}

/** The first header that the codec reads, or the first of all where there is none. */
export function rangeOfCpim(body: CpimBody, codec: CpimCodec<unknown>): Range {
  const { headers } = body.message;
  const i = headers.findIndex(({ name }) => name === codec.name || name.endsWith(`.${codec.name}`));
  return rangeOfHeader(body, Math.max(0, i));
}

const header: CpimRule = {
  kind: 'cpim',
  clause: 'RFC3862-3.6',
  severity: 'error',
  asks: 'every header is one, with a prefix that is declared before',
  find(body) {
    return cpimErrors(body.message).map((error) => {
      const name = body.message.headers[error.field as number]?.name || 'header';
      const range = rangeOfHeader(body, error.field as number);
      return { range, message: `${name}: ${told(error)}`, clause: error.clause };
    });
  },
};

const headerValue: CpimRule = {
  kind: 'cpim',
  clause: 'RFC3862-3.6',
  severity: 'error',
  asks: 'the value of a header is one by its grammar, and what may stand once stands once',
  find(body) {
    const { message, place } = body;
    const known = new Set(cpimErrors(message).map(({ field }) => field));
    const found: Found[] = [];
    for (const codec of CODECS) {
      const faults = getAllCpim(message, codec).flatMap((read) => (read.ok ? [] : [read.error]));
      const second = codec.repeats ? undefined : duplicate(message, codec as CpimOnce<unknown>);
      for (const error of second === undefined ? faults : [...faults, second]) {
        if (known.has(error.field as number)) continue;
        const at = error === second ? undefined : locateCpim(message, error);
        const range = at === undefined ? rangeOfHeader(body, error.field as number) : place.range(...at);
        found.push({ range, message: `${codec.name}: ${told(error)}`, clause: error.clause });
      }
    }
    return found;
  },
};

function duplicate(message: CpimMessage, codec: CpimOnce<unknown>): ParseError | undefined {
  const read = getCpim(message, codec);
  return read?.ok === false && read.error.code === 'duplicate' ? read.error : undefined;
}

const required: CpimRule = {
  kind: 'cpim',
  clause: 'RFC3862-4.7',
  severity: 'warning',
  asks: 'what Require names is known: a receiver that does not know it takes nothing of the message',
  find(body) {
    const unknown = unknownRequirements(body.message, IMDN_HEADERS);
    if (unknown.length === 0) return [];
    const names = unknown.map(({ name, namespace }) => (namespace === undefined ? `${name} of no namespace` : name));
    return [{ range: rangeOfCpim(body, cpimRequire), message: `nobody knows ${names.join(', ')}` }];
  },
};

const contentFields: CpimRule = {
  kind: 'cpim',
  clause: 'RFC3862-2.4',
  severity: 'error',
  asks: 'the fields of the content are ones by their grammar, and stand once',
  find: ({ message, place }) => faultsInFields(message.content, place),
};

const contentTypeThere: CpimRule = {
  kind: 'cpim',
  clause: 'RFC3862-2.4',
  severity: 'warning',
  asks: 'the content has a Content-Type',
  find({ message: { content }, place }) {
    if (content.body.length === 0 || content.fields.some(({ name }) => sameText(name, 'Content-Type'))) return [];
    const field = content.fields[0];
    const range = field === undefined ? place.whole : rangeOfField(field, place);
    return [{ range, message: 'missing: nothing says what the content is' }];
  },
};

/** It frames nothing, so a receiver is not misled. */
const contentLength: CpimRule = {
  kind: 'cpim',
  clause: 'RFC3862-2',
  severity: 'warning',
  asks: 'Content-Length of the content is its length',
  find({ notes, message: { content }, place }) {
    return notes
      .filter(({ tolerance }) => tolerance === 'cpim-content-length')
      .map(({ offset }) => {
        const { length } = content.body;
        const message = `mismatch: the content has ${length} octets`;
        return { range: place.lineFrom(offset), message, fix: `Content-Length: ${length}` };
      });
  },
};

const IMDN_TYPE = 'message/imdn+xml';

/** Whether the content is a notification, or a collection of them. */
export function isNotice({ content }: CpimBody): boolean {
  return content.some(({ type }, i) => type === IMDN_TYPE && (i === 0 || content[0]?.kind === 'multipart'));
}

/** A rule about messages whose sender wants to be told. */
const traceable = (codec: CpimOnce<unknown>, clause: CpimRule['clause']): CpimRule => ({
  kind: 'cpim',
  clause,
  severity: 'error',
  asks: `a message that asks for notifications has a ${codec.name}`,
  find(body) {
    const asked = getCpim(body.message, imdnDispositionNotification);
    if (asked?.ok !== true || asked.value.length === 0 || isNotice(body)) return [];
    if (getAllCpim(body.message, codec).length > 0) return [];
    const message = `missing: notifications are asked for, and there is no ${codec.name}`;
    return [{ range: rangeOfCpim(body, imdnDispositionNotification), message }];
  },
});

/** A rule about notifications. */
function ofNotices(
  rule: Pick<CpimRule, 'clause' | 'severity' | 'asks'>,
  look: (body: CpimBody) => Found | undefined,
): CpimRule {
  return { kind: 'cpim', ...rule, find: (body) => (isNotice(body) ? [look(body)].flatMap((one) => one ?? []) : []) };
}

const CLAUSE = 'RFC5438-7.2.1';

const noticeAsks: CpimRule = ofNotices(
  { clause: CLAUSE, severity: 'error', asks: 'nobody is notified about a notification' },
  (body) => {
    if (getAllCpim(body.message, imdnDispositionNotification).length === 0) return undefined;
    const message = 'a notification asks for notifications';
    return { range: rangeOfCpim(body, imdnDispositionNotification), message };
  },
);

const noticeId: CpimRule = ofNotices(
  { clause: CLAUSE, severity: 'error', asks: 'a notification has a Message-ID of its own' },
  (body) => {
    const read = getCpim(body.message, imdnMessageId);
    if (read === undefined)
      return { range: rangeOfHeader(body, 0), message: 'missing: the notification has no Message-ID' };
    const same = read.ok && body.content.some((one) => one.kind === 'imdn' && one.imdn.messageId === read.value);
    if (!same) return undefined;
    return {
      range: rangeOfCpim(body, imdnMessageId),
      message: 'the Message-ID is that of the message, not one of its own',
    };
  },
);

const noticeRoute: CpimRule = ofNotices(
  { clause: CLAUSE, severity: 'error', asks: 'a notification has no IMDN-Record-Route' },
  (body) => {
    if (getAllCpim(body.message, imdnRecordRoute).length === 0) return undefined;
    const message = 'IMDN-Record-Route in a notification, where it says nothing';
    return { range: rangeOfCpim(body, imdnRecordRoute), message };
  },
);

const noticeDisposition: CpimRule = ofNotices(
  { clause: CLAUSE, severity: 'error', asks: 'Content-Disposition of a notification says so' },
  ({ message: { content }, place }) => {
    const read = getMime(content, contentDisposition);
    if (read?.ok === false || (read?.ok === true && sameText(read.value.type, 'notification'))) return undefined;
    const fields = content.fields.filter(({ name }) => asciiLower(name).startsWith('content-'));
    const at = fields.find(({ name }) => sameText(name, 'Content-Disposition')) ?? fields[0];
    const fix = 'Content-Disposition: notification';
    const message = read === undefined ? `missing: ${fix}` : `${read.value.type} instead of notification`;
    return { range: at === undefined ? place.whole : rangeOfField(at, place), message, fix };
  },
);

const falseNotice: CpimRule = {
  kind: 'cpim',
  clause: CLAUSE,
  severity: 'warning',
  asks: 'what is announced as a notification is one',
  find(body) {
    const read = getMime(body.message.content, contentDisposition);
    if (isNotice(body) || read?.ok !== true || !sameText(read.value.type, 'notification')) return [];
    const field = body.message.content.fields.find(({ name }) => sameText(name, 'Content-Disposition'));
    const range = field === undefined ? body.place.whole : rangeOfField(field, body.place);
    return [{ range, message: `announced as a notification, and no ${IMDN_TYPE}` }];
  },
};

export const CPIM_RULES: readonly CpimRule[] = [
  ...[header, headerValue, required, contentFields, contentTypeThere, contentLength],
  ...[traceable(imdnMessageId, 'RFC5438-7.1.1.1'), traceable(cpimDateTime, 'RFC5438-7.1.1.2')],
  ...[noticeAsks, noticeId, noticeRoute, noticeDisposition, falseNotice],
];

/** Bodies that are CPIM messages. */
export function cpimBodies(bodies: readonly Body[]): readonly CpimBody[] {
  return bodies.filter((body) => body.kind === 'cpim');
}

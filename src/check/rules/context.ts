/*
 * What only who knows more than the message can tell: whether a response answers its INVITE (RFC 3261, 3264, 4028),
 * whether a notification answers its message (RFC 5438), and whether what was wanted was asked for.
 */
import { sameText } from '../../core/text.ts';
import { getCpim } from '../../cpim/access.ts';
import { cpimDateTime, instant } from '../../cpim/datetime.ts';
import type { CpimMessage } from '../../cpim/message.ts';
import { dispositionOf } from '../../im/deferred/reports.ts';
import { imdnDispositionNotification, imdnMessageId, imdnRecordRoute, imdnRoute } from '../../imdn/headers.ts';
import { contentType } from '../../mime/content-headers.ts';
import { findPart } from '../../mime/find-part.ts';
import { getAttribute } from '../../sdp/access.ts';
import { DIRECTIONS, direction, inverse } from '../../sdp/direction.ts';
import { acceptWrappedTypes } from '../../sdp/format-list.ts';
import { setup } from '../../sdp/keywords.ts';
import { type MsrpMedia, readMsrpMedia } from '../../sdp/msrp-media.ts';
import { type SdpMedia, type SdpSession, sdp } from '../../sdp/session.ts';
import { get } from '../../sip/access.ts';
import { callId } from '../../sip/headers/call-id.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { minSE, refresher, sessionExpires } from '../../sip/headers/session-expires.ts';
import { requireField, supported } from '../../sip/headers/token-lists.ts';
import type { SipRequest } from '../../sip/message.ts';
import type { CpimBody, ImdnBody, SdpBody } from '../bodies.ts';
import type { ContextRule, Found } from '../finding.ts';
import type { MessageView } from '../view.ts';
import { cpimBodies, isNotice, rangeOfCpim } from './cpim.ts';
import { rangeOfAttribute, rangeOfLine } from './sdp.ts';

/** A rule about a response, with the INVITE that it answers. */
function ofAnswers(
  rule: Pick<ContextRule, 'clause' | 'severity' | 'asks'>,
  look: (view: MessageView, invite: SipRequest) => readonly Found[],
): ContextRule {
  return {
    ...rule,
    find({ view }, { invite }) {
      if (view === undefined || invite === undefined || view.request !== undefined) return [];
      return look(view, invite);
    },
  };
}

const sameTransaction: ContextRule = ofAnswers(
  { clause: 'RFC3261-8.2.6.2', severity: 'error', asks: 'a response has Call-ID and CSeq of its request' },
  (view, invite) => {
    const found: Found[] = [];
    const [wanted, id] = [get(invite, callId), view.get(callId)];
    if (wanted?.ok === true && id !== undefined && wanted.value !== id) {
      const message = `mismatch: the INVITE has ${wanted.value}`;
      found.push({ range: view.rangeOf('Call-ID'), field: 'Call-ID', message, fix: `Call-ID: ${wanted.value}` });
    }
    const [asked, number] = [get(invite, cseq), view.get(cseq)];
    if (asked?.ok === true && number !== undefined && cseq.format(asked.value) !== cseq.format(number)) {
      const message = `mismatch: the INVITE has ${cseq.format(asked.value)}`;
      found.push({ range: view.rangeOf('CSeq'), field: 'CSeq', message, fix: `CSeq: ${cseq.format(asked.value)}` });
    }
    return found;
  },
);

function isSuccess({ status = 0 }: MessageView): boolean {
  return status >= 200 && status < 300;
}

const timer: ContextRule = ofAnswers(
  { clause: 'RFC4028-9', severity: 'error', asks: 'a 2xx says who refreshes the session that its INVITE wants timed' },
  (view, invite) => {
    if (!isSuccess(view)) return [];
    const [asked, answer] = [get(invite, sessionExpires), view.get(sessionExpires)];
    const least = get(invite, minSE);
    const field = 'Session-Expires';
    const range = view.rangeOf(field);
    if (answer === undefined) {
      if (asked?.ok !== true || view.isRefused(field)) return [];
      const message =
        'missing: the INVITE asks for a session timer, and the answer sets none: the client refreshes itself';
      return [{ range, field, message, severity: 'info' }];
    }
    const found: Found[] = [];
    const who = refresher(answer);
    const wanted = asked?.ok === true ? refresher(asked.value) : undefined;
    const right = (seconds: number): string => `Session-Expires: ${seconds};refresher=${wanted ?? who ?? 'uac'}`;
    if (who === undefined) {
      found.push({ range, field, message: 'missing: no refresher', fix: right(answer.seconds) });
    } else if (wanted !== undefined && who !== wanted) {
      const message = `mismatch: refresher=${who}, and the INVITE says ${wanted}`;
      found.push({ range, field, message, fix: right(answer.seconds) });
    }
    if (asked?.ok === true && answer.seconds > asked.value.seconds) {
      const message = `range: ${answer.seconds} seconds are more than the ${asked.value.seconds} of the INVITE`;
      found.push({ range, field, message, fix: right(asked.value.seconds) });
    }
    if (least?.ok === true && answer.seconds < least.value.seconds) {
      const message = `range: ${answer.seconds} seconds are less than Min-SE of the INVITE, ${least.value.seconds}`;
      found.push({ range, field, message, fix: right(least.value.seconds) });
    }
    const tags = view.get(requireField) ?? [];
    if (who === 'uac' && !tags.some((tag) => sameText(tag, 'timer'))) {
      const fix = `Require: ${requireField.format([...tags, 'timer'])}`;
      const message = 'missing: the client shall refresh, and Require has no timer';
      found.push({ range: view.rangeOf('Require'), field: 'Require', message, fix });
    }
    const clientTags = get(invite, supported);
    const knows = clientTags?.ok === true && clientTags.value.some((tag) => sameText(tag, 'timer'));
    if (who === 'uac' && !knows) {
      found.push({ range, field, message: 'the client shall refresh, which does not support it' });
    }
    return found;
  },
);

/** The media of the offer, as far as they can be read. */
function offerOf(invite: SipRequest): SdpSession | undefined {
  const type = get(invite, contentType);
  if (type?.ok !== true) return undefined;
  const part = findPart({ contentType: type.value, body: invite.body }, 'application/sdp');
  const session = part?.ok === true ? sdp.decode(part.value.body) : undefined;
  return session?.ok === true ? session.value : undefined;
}

/** A rule about the answer in a 2xx, with the offer that it answers. */
function ofMedia(
  rule: Pick<ContextRule, 'clause' | 'severity' | 'asks'>,
  look: (answer: SdpBody, offer: SdpSession) => readonly Found[],
): ContextRule {
  return ofAnswers(rule, (view, invite) => {
    const offer = isSuccess(view) ? offerOf(invite) : undefined;
    const answer = view.bodies.find((body) => body.kind === 'sdp');
    return offer === undefined || answer === undefined
      ? []
      : look(answer, offer).map((found) => ({ field: answer.type, ...found }));
  });
}

const answered: ContextRule = ofAnswers(
  { clause: 'RFC3264-6', severity: 'error', asks: 'a 2xx to an INVITE with an offer has an answer' },
  (view, invite) => {
    if (!isSuccess(view) || offerOf(invite) === undefined) return [];
    if (view.bodies.some(({ type }) => type === 'application/sdp')) return [];
    const message = 'missing: the INVITE offers a session, and no application/sdp answers';
    return [{ range: view.start.whole, field: 'message', message }];
  },
);

const sameMedia: ContextRule = ofMedia(
  { clause: 'RFC3264-6', severity: 'error', asks: 'an answer has as many media as the offer' },
  ({ session, place }, offer) => {
    const [given, wanted] = [session.media.length, offer.media.length];
    return given === wanted ? [] : [{ range: place.whole, message: `mismatch: ${given} media, and ${wanted} offered` }];
  },
);

function messageMedia(session: SdpSession): MsrpMedia | undefined {
  const read = readMsrpMedia(session);
  return read.ok ? read.value : undefined;
}

const directions: ContextRule = ofMedia(
  {
    clause: 'RFC3264-6.1',
    severity: 'error',
    asks: 'the direction of an answer is that of the offer, seen from there',
  },
  (answer, offer) => {
    const found: Found[] = [];
    answer.session.media.forEach((medium, i) => {
      const offered = offer.media[i];
      if (offered === undefined) return;
      const [own, other] = [direction(medium, answer.session), direction(offered, offer)];
      if (!own.ok || !other.ok || allows(other.value, own.value)) return;
      const section = hasDirection(medium) || !hasDirection(answer.session) ? medium : answer.session;
      found.push({
        range: rangeOfAttribute(answer, section, ...DIRECTIONS),
        message: `${own.value} answers ${other.value}`,
        fix: `a=${inverse(other.value)}`,
      });
    });
    return found;
  },
);

function hasDirection({ lines }: SdpMedia): boolean {
  return lines.some(({ type, value }) => type === 'a' && (DIRECTIONS as readonly string[]).includes(value));
}

function allows(offered: (typeof DIRECTIONS)[number], answer: (typeof DIRECTIONS)[number]): boolean {
  return offered === 'sendrecv' || answer === 'inactive' || answer === inverse(offered);
}

const refusedMedium: ContextRule = ofMedia(
  { clause: 'RFC3264-6', severity: 'info', asks: 'the message medium is taken' },
  (answer) => {
    const media = messageMedia(answer.session);
    if (media === undefined || media.port !== 0) return [];
    const range = rangeOfLine(answer, answer.session.media[media.index] as SdpMedia, 0);
    return [{ range, message: 'port 0: the message medium is refused' }];
  },
);

const connects: ContextRule = ofMedia(
  {
    clause: 'RFC4145-4.1',
    severity: 'error',
    asks: 'an answer says who connects: active or passive, not what the offer says',
  },
  (answer, offer) => {
    const found: Found[] = [];
    answer.session.media.forEach((medium, i) => {
      const own = getAttribute(medium, setup);
      const offered = offer.media[i] === undefined ? undefined : getAttribute(offer.media[i], setup);
      if (own?.ok !== true || own.value === 'holdconn') return;
      const same = offered?.ok === true && offered.value === own.value;
      if (own.value !== 'actpass' && !same) return;
      const fix = offered?.ok === true && offered.value === 'passive' ? 'a=setup:active' : 'a=setup:passive';
      found.push({ range: rangeOfAttribute(answer, medium, 'setup'), message: `setup:${own.value} is no answer`, fix });
    });
    return found;
  },
);

/** A rule about a notification, with the message that it is about. */
function ofNotices(
  rule: Pick<ContextRule, 'severity' | 'asks' | 'clause'>,
  look: (body: CpimBody, original: CpimMessage) => readonly Found[],
): ContextRule {
  return {
    ...rule,
    find({ bodies }, { original }) {
      if (original === undefined) return [];
      return cpimBodies(bodies)
        .filter(isNotice)
        .flatMap((body) => look(body, original).map((found) => ({ field: body.type, ...found })));
    },
  };
}

function noticesIn({ content }: CpimBody): readonly ImdnBody[] {
  return content.filter((body) => body.kind === 'imdn');
}

const aboutOriginal: ContextRule = ofNotices(
  {
    clause: 'RFC5438-11.1.1',
    severity: 'error',
    asks: 'a notification names the Message-ID of its message, and its time',
  },
  (body, original) => {
    const [id, at] = [getCpim(original, imdnMessageId), getCpim(original, cpimDateTime)];
    const found: Found[] = [];
    for (const { imdn, place, type } of noticesIn(body)) {
      const common = { range: place.whole, field: type };
      if (id?.ok === true && imdn.messageId !== id.value) {
        const fix = `<message-id>${id.value}</message-id>`;
        found.push({ ...common, message: `mismatch: ${imdn.messageId} is not the message`, fix });
      }
      const sent = at?.ok === true ? at.value : undefined;
      if (sent === undefined || imdn.dateTime === undefined || instant(sent) === instant(imdn.dateTime)) continue;
      const fix = `<datetime>${cpimDateTime.format(sent)}</datetime>`;
      found.push({
        ...common,
        message: 'mismatch: the message was sent at another time',
        clause: 'RFC5438-11.1.2',
        fix,
      });
    }
    return found;
  },
);

const routesBack: ContextRule = ofNotices(
  {
    clause: 'RFC5438-7.2.1',
    severity: 'error',
    asks: 'IMDN-Record-Route of the message is IMDN-Route of the notification',
  },
  (body, original) => {
    const [recorded, routes] = [getCpim(original, imdnRecordRoute), getCpim(body.message, imdnRoute)];
    if (recorded?.ok === false || routes?.ok === false) return [];
    const wanted = (recorded?.value ?? []).map(({ uri }) => uri);
    const given = (routes?.value ?? []).map(({ uri }) => uri);
    if (wanted.join(' ') === given.join(' ')) return [];
    const message = `mismatch: the way back is ${wanted.join(', ') || 'the sender'}, not ${given.join(', ') || 'the sender'}`;
    return [{ range: rangeOfCpim(body, imdnRoute), message }];
  },
);

const wasAsked: ContextRule = ofNotices(
  { clause: 'RFC5438-7.2.1', severity: 'error', asks: 'what is notified was asked for' },
  (body, original) => {
    const asked = getCpim(original, imdnDispositionNotification);
    if (asked?.ok === false) return [];
    const types = (asked?.value ?? []).map(({ type }) => type);
    const found: Found[] = [];
    for (const { imdn, place, type } of noticesIn(body)) {
      const told = imdn.notification === undefined ? undefined : dispositionOf(imdn.notification);
      if (told === undefined || types.includes(told)) continue;
      const message = `${told} was not asked for, but ${types.join(', ') || 'nothing'}`;
      found.push({ range: place.whole, field: type, message });
    }
    return found;
  },
);

/** A message that the sender wants to be told about, by pager mode or as the content of a large one. */
const asksForNotice: ContextRule = {
  clause: 'RFC5438-7.1.1.3',
  severity: 'error',
  asks: 'a message asks for notifications where the user wants them, and only there',
  find({ view, bodies }, { imdnRequested }) {
    if (imdnRequested === undefined) return [];
    const messages = cpimBodies(bodies).filter((body) => !isNotice(body));
    const asking = messages.find(({ message }) => {
      const asked = getCpim(message, imdnDispositionNotification);
      return asked?.ok === true && asked.value.length > 0;
    });
    if (!imdnRequested) {
      if (asking === undefined) return [];
      const range = rangeOfCpim(asking, imdnDispositionNotification);
      return [
        { range, field: asking.type, message: 'notifications are asked for, which nobody wants', severity: 'warning' },
      ];
    }
    if (asking !== undefined) return [];
    const [first] = messages;
    const message = 'missing: notifications are wanted, and Disposition-Notification asks for none';
    if (first !== undefined) return [{ range: first.place.whole, field: first.type, message }];
    if (view?.request?.method !== 'MESSAGE') return [];
    const why = 'notifications are wanted, and only message/cpim can ask for them';
    return [{ range: view.rangeOf('Content-Type'), field: 'Content-Type', message: why }];
  },
};

const IMDN_TYPE = 'message/imdn+xml';

/** A notification that comes back over the session is dropped where the offer does not accept it in its wrapper. */
const acceptsNotice: ContextRule = {
  clause: 'RFC4975-8.6',
  severity: 'warning',
  asks: 'an offer of who wants notifications accepts them inside message/cpim',
  find({ view, bodies }, { imdnRequested }) {
    const offer = bodies.find((body) => body.kind === 'sdp');
    if (imdnRequested !== true || view?.request?.method !== 'INVITE' || offer === undefined) return [];
    const media = messageMedia(offer.session);
    if (media === undefined) return [];
    const accepted = [...media.acceptTypes, ...(media.acceptWrappedTypes ?? [])];
    if (accepted.some((type) => type === '*' || sameText(type, IMDN_TYPE) || sameText(type, 'message/*'))) return [];
    const types = media.acceptWrappedTypes ?? [];
    const medium = offer.session.media[media.index] as SdpMedia;
    const range = rangeOfAttribute(offer, medium, acceptWrappedTypes.name);
    const fix = `a=${acceptWrappedTypes.name}:${[...types, IMDN_TYPE].join(' ')}`;
    return [{ range, field: offer.type, message: `notifications are wanted, and ${IMDN_TYPE} is not accepted`, fix }];
  },
};

export const CONTEXT_RULES: readonly ContextRule[] = [
  ...[sameTransaction, timer, answered, sameMedia, directions, refusedMedium, connects],
  ...[aboutOriginal, routesBack, wasAsked, asksForNotice, acceptsNotice],
];

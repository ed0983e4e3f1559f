/*
 * A SIP MESSAGE in pager mode (change request 8.1.1; RFC 3428): composed from what the user wants, and read back.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { ok, type Result } from '../core/result.ts';
import type { ExternalBody } from '../mime/external-body.ts';
import type { SipMessage, SipRequest } from '../sip/message.ts';
import { hideInCpim } from './anonymity.ts';
import { type Content, type ReadContent, writeContent } from './content.ts';
import {
  type InitialRequestInput,
  type ReadRequest,
  type RequestKind,
  readRequest,
  writeRequest,
} from './initial-request.ts';
import { checkInput } from './input.ts';
import { pagerMessageInput } from './pager-message.schema.ts';
import { RECIPIENT_LIST_MESSAGE } from './recipient-list.ts';
import { identity } from './target.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

export interface PagerMessageInput extends InitialRequestInput {
  /** Text alone goes as `text/plain;charset=UTF-8`. */
  readonly body: string | Content | ExternalBody;
}

/** What a pager-mode MESSAGE says: with a release, an input that composes to the same message again. */
export interface PagerMessage extends ReadRequest {
  /** An external body as an object, anything else as octets; without the lists of recipients. */
  readonly body: ReadContent | ExternalBody;
}

const PAGER: RequestKind = {
  method: 'MESSAGE',
  clause: 'RFC3428-4',
  listTag: RECIPIENT_LIST_MESSAGE,
  own: [],
  examine(name, path) {
    if (name === 'Contact') throw new EncodeError('a MESSAGE has no Contact', path, 'RFC3428-4', 'PM-0');
  },
};

/**
 * A pager-mode MESSAGE as plain data, without the headers of the transaction: `withDialog` or a stack adds those.
 * Throws EncodeError that names the duty, before anything is written.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-5a, PM-5b, PM-5c, PM-7a, PM-7b, PM-8, PM-9 (build)
 */
export function composePagerMessage(input: PagerMessageInput): SipRequest {
  checkInput(pagerMessageInput, input, CLAUSE);
  const receiver = identity(input.to);
  const content = writeContent(input.body);
  if (!('list' in input.to) && content.fields.length > 0) {
    throw new EncodeError('the fields of the body are those of the message', 'body.fields', CLAUSE, 'PM-0');
  }
  if (input.anonymous === true) hideInCpim(content.type, content.octets, 'body');
  return writeRequest(PAGER, input, { receiver, headers: [], content });
}

/**
 * What a pager-mode MESSAGE says. Refused is only what cannot be said in these terms: no MESSAGE request, a From,
 * Request-URI or Content-Type that is broken, or a message to several with anything but a list and one content. A duty
 * that the message does not fulfil is the checker's matter.
 *
 * @duty PM-0, PM-1, PM-2, PM-3, PM-4, PM-5a, PM-5c, PM-7b, PM-9 (parse)
 */
export function readPagerMessage(message: SipMessage): Result<PagerMessage> {
  const read = readRequest(PAGER, message);
  return read.ok ? ok({ ...read.value.request, body: read.value.content }) : read;
}

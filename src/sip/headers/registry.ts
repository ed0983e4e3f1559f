/*
 * All header codecs, by name. Tools read headers through it; code that knows which header it wants imports the codec,
 * and bundles nothing else.
 */
import type { FieldCodec } from '../../core/codec.ts';
import { asciiLower } from '../../core/text.ts';
import { contentDisposition, contentType } from '../../mime/content-headers.ts';
import { contentId } from '../../mime/content-id.ts';
import { mimeVersion } from '../../mime/mime-version.ts';
import { canonicalName } from '../names.ts';
import { accept, acceptEncoding, acceptLanguage } from './accept.ts';
import { acceptContact, rejectContact } from './accept-contact.ts';
import { pAccessNetworkInfo } from './access-network-info.ts';
import { callId, inReplyTo } from './call-id.ts';
import { contact } from './contact.ts';
import { cseq } from './cseq.ts';
import { date } from './date.ts';
import { event, subscriptionState } from './event.ts';
import {
  from,
  pAssertedIdentity,
  path,
  pPreferredIdentity,
  recordRoute,
  referredBy,
  referTo,
  replyTo,
  route,
  serviceRoute,
  to,
} from './name-addrs.ts';
import { contentLength, expires, maxForwards, minExpires } from './numbers.ts';
import { priority } from './priority.ts';
import { privacy } from './privacy.ts';
import { server, userAgent } from './products.ts';
import { reason } from './reason.ts';
import { replaces } from './replaces.ts';
import { requestDisposition } from './request-disposition.ts';
import { retryAfter } from './retry-after.ts';
import { securityClient, securityServer, securityVerify } from './security-mechanisms.ts';
import { pAssertedService, pPreferredService } from './services.ts';
import { minSE, sessionExpires } from './session-expires.ts';
import { organization, subject } from './text-fields.ts';
import { timestamp } from './timestamp.ts';
import {
  allow,
  allowEvents,
  contentEncoding,
  proxyRequire,
  requireField,
  supported,
  unsupported,
} from './token-lists.ts';
import { alertInfo, callInfo, errorInfo } from './uri-lists.ts';
import { via } from './via.ts';
import { warning } from './warning.ts';

/** One row a codec. */
export const headerCodecs: readonly FieldCodec<unknown>[] = [
  accept,
  acceptContact,
  acceptEncoding,
  acceptLanguage,
  alertInfo,
  allow,
  allowEvents,
  callId,
  callInfo,
  contact,
  contentDisposition,
  contentEncoding,
  contentId,
  contentLength,
  contentType,
  cseq,
  date,
  errorInfo,
  event,
  expires,
  from,
  inReplyTo,
  maxForwards,
  mimeVersion,
  minExpires,
  minSE,
  organization,
  pAccessNetworkInfo,
  pAssertedIdentity,
  pAssertedService,
  path,
  pPreferredIdentity,
  pPreferredService,
  priority,
  privacy,
  proxyRequire,
  reason,
  recordRoute,
  referTo,
  referredBy,
  rejectContact,
  replaces,
  replyTo,
  requestDisposition,
  requireField,
  retryAfter,
  route,
  securityClient,
  securityServer,
  securityVerify,
  server,
  serviceRoute,
  sessionExpires,
  subject,
  subscriptionState,
  supported,
  timestamp,
  to,
  unsupported,
  userAgent,
  via,
  warning,
];

const byName: ReadonlyMap<string, FieldCodec<unknown>> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ headerCodecs.map((codec) => [asciiLower(codec.name), codec]),
);

/** The codec of a header by its long name or its compact form, whatever their case. */
export function headerCodec(name: string): FieldCodec<unknown> | undefined {
  return byName.get(asciiLower(canonicalName(name)));
}

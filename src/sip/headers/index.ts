export type { Param } from '../../core/params.ts';
export { type ContentDisposition, contentDisposition, contentType, isOptional } from '../../mime/content-headers.ts';
export { contentId } from '../../mime/content-id.ts';
export { isMediaType, type MediaType } from '../../mime/media-type.ts';
export { type MimeVersion, mimeVersion } from '../../mime/mime-version.ts';
export { type AcceptItem, type AcceptRange, accept, acceptEncoding, acceptLanguage } from './accept.ts';
export {
  type AcceptContact,
  acceptContact,
  isExplicit,
  isRequired,
  type RejectContact,
  rejectContact,
} from './accept-contact.ts';
export { type AccessInfo, type AccessNetwork, isNetworkProvided, pAccessNetworkInfo } from './access-network-info.ts';
export { callId, inReplyTo } from './call-id.ts';
export { type Contact, contact, isWildcard, type Wildcard } from './contact.ts';
export { type Cseq, cseq } from './cseq.ts';
export { date, epochMilliseconds, type SipDate, sipDate, type Weekday } from './date.ts';
export { type EventType, event, type SubscriptionState, subscriptionState } from './event.ts';
export {
  type Feature,
  featureParam,
  features,
  hasFeature,
  isFeatureTag,
  type Numeric,
  numericBounds,
  readFeature,
  type TagValue,
} from './feature-params.ts';
export {
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
  tagOf,
  to,
} from './name-addrs.ts';
export { contentLength, expires, maxForwards, minExpires } from './numbers.ts';
export { numberParam, preference } from './param-values.ts';
export { priority } from './priority.ts';
export { privacy } from './privacy.ts';
export { type Comment, type Product, type ServerVal, server, userAgent } from './products.ts';
export { type Reason, reason } from './reason.ts';
export { headerCodec, headerCodecs } from './registry.ts';
export { type ReplacedDialog, type Replaces, replacedDialog, replaces } from './replaces.ts';
export { requestDisposition } from './request-disposition.ts';
export { type RetryAfter, retryAfter } from './retry-after.ts';
export {
  digestVerify,
  type SecurityMechanism,
  securityClient,
  securityServer,
  securityVerify,
} from './security-mechanisms.ts';
export { pAssertedService, pPreferredService } from './services.ts';
export { type MinSE, minSE, refresher, type SessionExpires, sessionExpires } from './session-expires.ts';
export { organization, subject } from './text-fields.ts';
export { type Timestamp, timestamp } from './timestamp.ts';
export {
  allow,
  allowEvents,
  contentEncoding,
  proxyRequire,
  requireField,
  supported,
  unsupported,
} from './token-lists.ts';
export { alertInfo, callInfo, errorInfo, type InfoUri } from './uri-lists.ts';
export { type Via, via } from './via.ts';
export { type Warning, warning } from './warning.ts';

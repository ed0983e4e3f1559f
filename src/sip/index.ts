export {
  append,
  get,
  getAll,
  has,
  locate,
  malformedLines,
  readField,
  remove,
  set,
  textField,
  withBody,
} from './access.ts';
export {
  type CallerPreferences,
  callerPreferences,
  type DroppedContact,
  matchCallerPreferences,
  type PreferenceMatch,
  type RankedContact,
} from './caller-preferences.ts';
export { type Dialog, headerLines, withDialog } from './dialog-headers.ts';
export { decodeEscapes, encodeEscapes } from './escaped.ts';
export {
  decodeFeatureTag,
  type FeaturePredicate,
  type FeatureTerm,
  featurePredicate,
  predicatesMatch,
} from './feature-match.ts';
export { type Field, field, unfold } from './field.ts';
export { frameSip } from './frame.ts';
export type { Framing, HeadOptions } from './head.ts';
export * from './headers/index.ts';
export { isRequest, type SipMessage, type SipRequest, type SipResponse, sipMessage } from './message.ts';
export type { NameAddr } from './name-addr.ts';
export { canonicalName, compactName, sameName } from './names.ts';
export {
  answerSessionTimer,
  expiry,
  largerMinimum,
  nextRefresh,
  offerSessionTimer,
  readSessionTimer,
  refreshMethod,
  refreshSessionTimer,
  retryAfter422,
  type SessionTimer,
  type SessionTimerAnswer,
  type SessionTimerHeaders,
  type SessionTimerPolicy,
  type SessionTimerWish,
  sessionTimerFrom2xx,
  withSessionTimer,
} from './session-timer.ts';
export type { TelUri } from './tel-uri.ts';
export {
  ackToFailure,
  type ClientTransaction,
  type ClientTransactionEffect,
  type ClientTransactionEvent,
  clientTransaction,
} from './transaction/client.ts';
export { clientKey, serverKey } from './transaction/key.ts';
export {
  type ServerTransaction,
  type ServerTransactionEffect,
  type ServerTransactionEvent,
  serverTransaction,
} from './transaction/server.ts';
export { DEFAULT_TIMING, type Timing, type TransactionOptions } from './transaction/timing.ts';
export { type AbsoluteUri, isSipUri, isTelUri, type SipUri, sipUri, type Uri, type UriHeader } from './uri.ts';
export { sameUri } from './uri-equality.ts';

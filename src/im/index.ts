export { ANONYMOUS, asksForAnonymity, hasAnonymousFrom } from './anonymity.ts';
export type { Content, ReadContent } from './content.ts';
export { type CpimContent, type CpimContentInput, cpimContent, type NotificationWish } from './cpim-content.ts';
export { deferred } from './deferred/deferred.ts';
export type {
  DeferredEffect,
  DeferredEvent,
  NotificationEffect,
  NotificationEvent,
  ResponseEvent,
  SentEvent,
  StoreEffect,
  TickEvent,
} from './deferred/events.ts';
export { notificationEvent, responseEvent, sentEvent } from './deferred/messages.ts';
export { savedDeferred } from './deferred/saved.schema.ts';
export type {
  DeferredLimits,
  DeferredOptions,
  DeferredState,
  KeptMessage,
  Phase,
  Report,
  SavedDeferred,
} from './deferred/state.ts';
export type { DeferredStep } from './deferred/step.ts';
export * from './dialog/index.ts';
export { announces, asksForIm, featureTags, IM_ACCEPT_CONTACT } from './feature-tags.ts';
export { type Identifiers, identifiers } from './identifiers.ts';
export { imsProfile } from './ims.schema.ts';
export { type ImsHeaders, type ImsProfile, readIms, withIms } from './ims.ts';
export { largeMessageInput } from './large-message.schema.ts';
export {
  ALLOWED,
  composeLargeMessageInvite,
  type LargeMessageInput,
  type LargeMessageInvite,
  readLargeMessageInvite,
} from './large-message.ts';
export { type LargeMessageSession, largeMessageFrom } from './large-message-from.ts';
export type { LargeMessageMedia, LargeOffer, LargeOfferInput, MessageSize, SizeAttributes } from './large-offer.ts';
export type {
  AnswerProblem,
  OriginatingCause,
  OriginatingEffect,
  OriginatingEvent,
  OriginatingOutcome,
  ReceivingCause,
  ReceivingEffect,
  ReceivingEvent,
  ReceivingOutcome,
  SessionEffect,
  SessionEvent,
} from './large-session/events.ts';
export { largeSession, type OriginatingStep } from './large-session/originating.ts';
export type {
  OriginatingInput,
  OriginatingPhase,
  OriginatingState,
  OriginatingWaits,
} from './large-session/originating-state.ts';
export {
  ORIGINATING_TABLE,
  type OriginatingTransition,
  type OriginatingTrigger,
} from './large-session/originating-table.ts';
export { receivingSession } from './large-session/receiving.ts';
export type { ReceivingInput, ReceivingOptions, ReceivingState } from './large-session/receiving-state.ts';
export {
  RECEIVING_TABLE,
  type ReceivingPhase,
  type ReceivingTransition,
  type ReceivingTrigger,
} from './large-session/receiving-table.ts';
export { chooseMode, type ModeDecision, type ModeOptions, modeChooser } from './mode.ts';
export { notificationInput, notificationMessageInput } from './notification.schema.ts';
export {
  composeNotification,
  composeNotificationMessage,
  type NotificationInput,
  type NotificationMessage,
  type NotificationMessageInput,
  readNotificationMessage,
} from './notification.ts';
export { type Outbox, type OutboxEffect, type OutboxEvent, outbox } from './outbox.ts';
export { pagerMessageInput } from './pager-message.schema.ts';
export { composePagerMessage, type PagerMessage, type PagerMessageInput, readPagerMessage } from './pager-message.ts';
export { type Profile, type ProfileInput, profile, type Transaction } from './profile.ts';
export type { ReadRecipient } from './recipient-list.ts';
export {
  compareReleases,
  isImRelease,
  type ReleaseVersion,
  readReleaseVersion,
  releaseProducts,
  releaseVersion,
} from './release-version.ts';
export { hasSessionType, type SessionType, sessionType, withoutSessionType, withSessionType } from './session-type.ts';
export {
  identity,
  type ListedRecipient,
  type OneTarget,
  readTarget,
  type Target,
  type TargetKind,
  target,
} from './target.ts';

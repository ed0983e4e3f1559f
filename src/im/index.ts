export { ANONYMOUS, asksForAnonymity, hasAnonymousFrom } from './anonymity.ts';
export type { Content, ReadContent } from './content.ts';
export { announces, asksForIm, featureTags, IM_ACCEPT_CONTACT } from './feature-tags.ts';
export { imsProfile } from './ims.schema.ts';
export { type ImsHeaders, type ImsProfile, readIms, withIms } from './ims.ts';
export { chooseMode, type ModeDecision, type ModeOptions, modeChooser } from './mode.ts';
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

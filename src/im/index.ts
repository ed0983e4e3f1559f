export { ANONYMOUS, asksForAnonymity, hasAnonymousFrom } from './anonymity.ts';
export { announces, asksForIm, featureTags, IM_ACCEPT_CONTACT } from './feature-tags.ts';
export { chooseMode, type ModeDecision, type ModeOptions, modeChooser } from './mode.ts';
export { pagerMessageInput } from './pager-message.schema.ts';
export {
  type Content,
  composePagerMessage,
  type PagerMessage,
  type PagerMessageInput,
  type PagerTarget,
  readPagerMessage,
} from './pager-message.ts';
export {
  compareReleases,
  isImRelease,
  type ReleaseVersion,
  readReleaseVersion,
  releaseProducts,
  releaseVersion,
} from './release-version.ts';
export { hasSessionType, type SessionType, sessionType, withoutSessionType, withSessionType } from './session-type.ts';
export { identity, readTarget, type Target, type TargetKind, target } from './target.ts';

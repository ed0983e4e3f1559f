export { check } from './check/index.ts';
export { EncodeError, type ParseError, type Result, renderError, unwrap } from './core/index.ts';
export { cpim } from './cpim/index.ts';
export {
  chooseMode,
  composeLargeMessageInvite,
  composeNotification,
  composeNotificationMessage,
  composePagerMessage,
  deferred,
  identifiers,
  type LargeMessageInput,
  type LargeMessageInvite,
  modeChooser,
  outbox,
  type PagerMessage,
  type PagerMessageInput,
  readLargeMessageInvite,
  readNotificationMessage,
  readPagerMessage,
  releaseVersion,
} from './im/index.ts';
export { imdn } from './imdn/index.ts';
export { frameMsrp, type MsrpMessage, type MsrpRequest, type MsrpResponse, msrp } from './msrp/index.ts';
export { type SdpSession, sdp } from './sdp/index.ts';
export {
  append,
  frameSip,
  get,
  getAll,
  headerLines,
  isRequest,
  locate,
  remove,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  set,
  sipMessage,
  sipUri,
  withDialog,
} from './sip/index.ts';

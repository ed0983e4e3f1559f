export { check } from './check/index.ts';
export { EncodeError, type ParseError, type Result, renderError, unwrap } from './core/index.ts';
export {
  chooseMode,
  composePagerMessage,
  modeChooser,
  type PagerMessage,
  type PagerMessageInput,
  readPagerMessage,
  releaseVersion,
} from './im/index.ts';
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

export {
  getAttribute,
  getAttributes,
  getLine,
  getLines,
  type SdpCodec,
  textAttribute,
} from './access.ts';
export { DIRECTIONS, type Direction, direction, inverse } from './direction.ts';
export { type FileDate, fileDate, type ZonedTime } from './file-date.ts';
export { fileIcon } from './file-icon.ts';
export { type FileRange, fileRange } from './file-range.ts';
export { type FileSelector, fileSelector } from './file-selector.ts';
export { acceptTypes, acceptWrappedTypes, commonFormats, type FormatEntry } from './format-list.ts';
export { fingerprint, type Hash } from './hash.ts';
export {
  type ConnectionReuse,
  connection,
  fileDisposition,
  fileTransferId,
  type Setup,
  setup,
} from './keywords.ts';
export { type MediaLine, mediaLine } from './media-line.ts';
export { answerMsrpOffer, type MsrpAcceptance, type MsrpAnswer, type MsrpRefusal } from './msrp-answer.ts';
export type { MsrpEndpoint, OriginInput } from './msrp-lines.ts';
export { composeMsrpOffer, type MsrpMedia, type MsrpOffer, readMsrpMedia } from './msrp-media.ts';
export { type Bandwidth, bandwidth, filesize, maxSize, type Timing, timing } from './numbers.ts';
export { type ConnectionData, connectionData, type Origin, origin } from './origin.ts';
export { path } from './path.ts';
export { type SdpLine, type SdpMedia, type SdpSection, type SdpSession, sdp } from './session.ts';
export { fromSdpTransform, type SdpTransformSession, toSdpTransform } from './view.ts';

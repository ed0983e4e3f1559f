export { getMsrp } from './access.ts';
export type { ChunkOptions, MsrpChunk } from './chunk-writer.ts';
export { abortChunk, chunks, chunksFrom, encodeChunks, endChunk, type StreamChunkOptions } from './chunks.ts';
export { type MsrpDecoder, type MsrpEvent, msrpDecoder } from './decoder.ts';
export { freeTransactionId, holdsEndLine } from './end-line.ts';
export { frameMsrp } from './frame.ts';
export { type ByteRange, byteRange } from './headers/byte-range.ts';
export { msrpMessageId } from './headers/message-id.ts';
export { fromPath, toPath } from './headers/path.ts';
export { failureReport, successReport } from './headers/reports.ts';
export { type MsrpStatus, msrpStatus } from './headers/status.ts';
export { useNickname } from './headers/use-nickname.ts';
export {
  type Continuation,
  isMsrpRequest,
  type MsrpField,
  type MsrpMessage,
  type MsrpRequest,
  type MsrpRequestHead,
  type MsrpResponse,
  type MsrpResponseHead,
  msrp,
} from './message.ts';
export { addRange, missingRanges, type OctetRange, octetsIn } from './octet-ranges.ts';
export {
  REASSEMBLY_LIMITS,
  type Reassembly,
  type ReassemblyEffect,
  type ReassemblyLimits,
  type ReassemblyStep,
  type ReceivedChunk,
  reassemble,
  receivedChunk,
} from './reassemble.ts';
export {
  REASSEMBLER_LIMITS,
  type Reassembler,
  type ReassemblerLimits,
  type Reception,
  reassembler,
} from './reassembler.ts';
export { composeReport, type MsrpReport, type ReportOptions, readReport, reportDue } from './report.ts';
export {
  composeMsrpResponse,
  MSRP_STATUSES,
  type MsrpStatusMeaning,
  msrpStatusMeaning,
  responseDue,
} from './respond.ts';
export { msrpText } from './text.ts';
export { formatMsrpUri, type MsrpUri, msrpUri, scanMsrpUri } from './uri.ts';
export { sameMsrpUri } from './uri-equality.ts';

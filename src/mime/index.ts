export {
  type ContentDisposition,
  contentDisposition,
  contentType,
  isOptional,
} from './content-headers.ts';
export { contentId } from './content-id.ts';
export {
  composeExternalBody,
  type ExternalBody,
  type ExternalBodyEntity,
  externalBody,
  readExternalBody,
} from './external-body.ts';
export { getMime, type MimeField, type Part } from './fields.ts';
export { type Entity, findPart, findParts, partEntity } from './find-part.ts';
export { isMediaType, type MediaType, mediaType } from './media-type.ts';
export { mimeDate } from './mime-date.ts';
export { type MimeVersion, mimeVersion } from './mime-version.ts';
export {
  boundaryFor,
  decodeMultipart,
  encodeMultipart,
  type Multipart,
  type MultipartEntity,
  multipart,
  multipartLength,
} from './multipart.ts';
export { contentTransferEncoding, decodeTransfer } from './transfer-encoding.ts';

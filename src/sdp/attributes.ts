/* The attributes that have a codec here, one row each. */
import type { SdpCodec } from './access.ts';
import { fileDate } from './file-date.ts';
import { fileIcon } from './file-icon.ts';
import { fileRange } from './file-range.ts';
import { fileSelector } from './file-selector.ts';
import { acceptTypes, acceptWrappedTypes } from './format-list.ts';
import { fingerprint } from './hash.ts';
import { connection, fileDisposition, fileTransferId, setup } from './keywords.ts';
import { filesize, maxSize } from './numbers.ts';
import { path } from './path.ts';

export const attributeCodecs: readonly SdpCodec<unknown>[] = [
  path,
  acceptTypes,
  acceptWrappedTypes,
  maxSize,
  setup,
  connection,
  filesize,
  fileSelector,
  fileTransferId,
  fileDisposition,
  fileDate,
  fileIcon,
  fileRange,
  fingerprint,
] as readonly SdpCodec<unknown>[];

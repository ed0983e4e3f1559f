/*
 *   Content-Type         =  ( "Content-Type" / "c" ) HCOLON media-type                               RFC 3261 20.15
 *   Content-Disposition  =  "Content-Disposition" HCOLON disp-type *( SEMI disp-param )              RFC 3261 20.11
 *   disp-type            =  "render" / "session" / "icon" / "alert" / token
 *   disp-param           =  "handling" EQUAL ( "optional" / "required" / token ) / generic-param
 *
 * Headers that say what a body is; SIP messages and the parts of a body share them.
 */
import { type FieldCodec, fieldCodec } from '../core/codec.ts';
import type { ClauseId } from '../core/error.ts';
import { findParam, type Param, scanParams, writeParams } from '../core/params.ts';
import { scanToken } from '../core/scan.ts';
import type { Scanner } from '../core/scanner.ts';
import { sameText } from '../core/text.ts';
import { type MediaType, scanMediaType, writeMediaType } from './media-type.ts';

const DISPOSITION: ClauseId = 'RFC3261-20.11';

/** What the body is. @duty LM-E3d, PM-9 (parse) */
export const contentType: FieldCodec<MediaType> = /* @__PURE__ */ fieldCodec<MediaType>({
  name: 'Content-Type',
  compact: 'c',
  rule: 'media-type',
  clause: 'RFC3261-20.15',
  scan: scanMediaType,
  write: writeMediaType,
});

/** What the body is for: `recipient-list`, `notification`, `render` … */
export interface ContentDisposition {
  readonly type: string;
  readonly params: readonly Param[];
}

export const contentDisposition: FieldCodec<ContentDisposition> = /* @__PURE__ */ fieldCodec<ContentDisposition>({
  name: 'Content-Disposition',
  rule: 'Content-Disposition',
  clause: DISPOSITION,
  scan: scanDisposition,
  write(w, { type, params }) {
    w.token(type, 'type', DISPOSITION);
    writeParams(w, params, 'params', DISPOSITION);
  },
});

/** Whether the body may be ignored by who does not understand it. Without the parameter it may not. */
export function isOptional(value: ContentDisposition): boolean {
  return sameText(findParam(value.params, 'handling')?.value ?? 'required', 'optional');
}

function scanDisposition(s: Scanner): ContentDisposition | undefined {
  const type = scanToken(s, 'disp-type');
  if (type === undefined) return undefined;
  const params = scanParams(s);
  return params === undefined ? undefined : { type, params };
}

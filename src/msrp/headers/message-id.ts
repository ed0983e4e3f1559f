/*
 *   Message-ID  =  "Message-ID:" SP ident                                                RFC 4975 9
 *   ident       =  ALPHANUM  3*31ident-char
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { formatIdent, scanIdent } from '../ident.ts';

/** Which message it is; all of its chunks and the reports on it have the same. @duty LM-A2 (parse) */
export const msrpMessageId: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Message-ID',
  rule: 'Message-ID',
  clause: 'RFC4975-9',
  scan: scanIdent,
  format: (value) => formatIdent(value, ''),
});

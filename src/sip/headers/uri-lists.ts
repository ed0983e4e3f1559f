/*
 *   Alert-Info   =  "Alert-Info" HCOLON alert-param *(COMMA alert-param)             RFC 3261 20.4, 25.1
 *   alert-param  =  LAQUOT absoluteURI RAQUOT *( SEMI generic-param )
 *   Call-Info    =  "Call-Info" HCOLON info *(COMMA info)                            RFC 3261 20.9
 *   info         =  LAQUOT absoluteURI RAQUOT *( SEMI info-param)
 *   info-param   =  ( "purpose" EQUAL ( "icon" / "info" / "card" / token ) ) / generic-param
 *   Error-Info   =  "Error-Info" HCOLON error-uri *(COMMA error-uri)                 RFC 3261 20.18
 *   error-uri    =  LAQUOT absoluteURI RAQUOT *( SEMI generic-param )
 *
 * The URI may be a SIP URI (20.18 has one), which then follows the rule of its scheme.
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { type Param, writeParams } from '../../core/params.ts';
import { scanList } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import type { Writer } from '../../core/writer.ts';
import { scanNameAddr } from '../name-addr.ts';
import { type Uri, writeUriAt } from '../uri.ts';
import { writeList } from './comma-list.ts';

/** A URI that tells more, with its parameters. */
export interface InfoUri {
  readonly uri: Uri;
  readonly params: readonly Param[];
}

export const alertInfo: FieldCodec<readonly InfoUri[]> = /* @__PURE__ */ urisField('Alert-Info', 'RFC3261-20.4');

export const callInfo: FieldCodec<readonly InfoUri[]> = /* @__PURE__ */ urisField('Call-Info', 'RFC3261-20.9');

export const errorInfo: FieldCodec<readonly InfoUri[]> = /* @__PURE__ */ urisField('Error-Info', 'RFC3261-20.18');

function urisField(name: string, clause: ClauseId): FieldCodec<readonly InfoUri[]> {
  const scanInfo = (s: Scanner): InfoUri | undefined => {
    s.skipWsp();
    if (s.peek() !== 0x3c) return s.unexpected(name, clause, '<');
    const found = scanNameAddr(s);
    return found === undefined ? undefined : { uri: found.uri, params: found.params };
  };
  const writeInfo = (w: Writer, { uri, params }: InfoUri): void => {
    w.code(0x3c);
    writeUriAt(w, 'uri', uri);
    w.code(0x3e);
    writeParams(w, params, 'params', clause);
  };
  return listCodec<InfoUri>({
    name,
    rule: name,
    clause,
    scan: (s) => scanList(s, scanInfo),
    write: (w, value) => writeList(w, value, name, clause, writeInfo),
  });
}

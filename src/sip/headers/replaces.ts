/*
 *   Replaces        =  "Replaces" HCOLON callid *(SEMI replaces-param)               RFC 3891 6.1
 *   replaces-param  =  to-tag / from-tag / early-flag / generic-param
 *   to-tag          =  "to-tag" EQUAL token
 *   from-tag        =  "from-tag" EQUAL token
 *   early-flag      =  "early-only"
 *
 * There must be exactly one to-tag and exactly one from-tag: without them the value names no dialog.
 */
import { allOf, TOKEN } from '../../core/chars.ts';
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../../core/error.ts';
import { findParam, formatParams, onlyOnce, type Param, scanParams } from '../../core/params.ts';
import type { Scanner } from '../../core/scanner.ts';
import { sameText } from '../../core/text.ts';
import { callId } from './call-id.ts';

const CLAUSE: ClauseId = 'RFC3891-6.1';
const TAGS = ['to-tag', 'from-tag'] as const;

/** The dialog that a new one takes the place of. */
export interface Replaces {
  readonly callId: string;
  /** With `to-tag` and `from-tag`, as the receiver of the header knows them. */
  readonly params: readonly Param[];
}

/** What a Replaces says, read from its parameters. */
export interface ReplacedDialog {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
  /** Whether only a dialog that nobody has answered yet may be replaced. */
  readonly earlyOnly: boolean;
}

export const replaces: FieldCodec<Replaces> = /* @__PURE__ */ fieldCodec<Replaces>({
  name: 'Replaces',
  rule: 'Replaces',
  clause: CLAUSE,
  scan,
  format(value) {
    for (const name of TAGS) {
      if (value.params.filter((param) => sameText(param.name, name)).length !== 1 || tagOf(value, name) === undefined) {
        throw new EncodeError(`exactly one ${name}, which is a token`, 'params', CLAUSE);
      }
    }
    return formatCallId(value.callId) + formatParams(value.params, 'params', CLAUSE);
  },
});

function formatCallId(id: string): string {
  try {
    return callId.format(id);
  } catch (error) {
    throw within('callId', error);
  }
}

/** The dialog of a value that was read, or that `format` lets through. */
export function replacedDialog(value: Replaces): ReplacedDialog {
  return {
    callId: value.callId,
    toTag: tagOf(value, 'to-tag') ?? '',
    fromTag: tagOf(value, 'from-tag') ?? '',
    earlyOnly: findParam(value.params, 'early-only') !== undefined,
  };
}

function scan(s: Scanner): Replaces | undefined {
  const id = callId.scan(s);
  if (id === undefined) return undefined;
  const params = scanParams(s);
  if (params === undefined) return undefined;
  const value = { callId: id, params };
  for (const name of TAGS) {
    if (!onlyOnce(s, params, name, CLAUSE)) return undefined;
    if (tagOf(value, name) === undefined) return s.fail('missing', name, CLAUSE, `one ${name}, which is a token`);
  }
  return value;
}

function tagOf({ params }: Replaces, name: string): string | undefined {
  const param = findParam(params, name);
  if (param?.value === undefined || param.quoted === true) return undefined;
  return allOf(param.value, TOKEN) ? param.value : undefined;
}

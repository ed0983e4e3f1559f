/*
 *   Event               =  ( "Event" / "o" ) HCOLON event-type *( SEMI event-param )            RFC 6665 8.4
 *   event-type          =  event-package *( "." event-template )
 *   event-package       =  token-nodot              event-template  =  token-nodot
 *   event-param         =  generic-param / ( "id" EQUAL token )
 *   Subscription-State  =  "Subscription-State" HCOLON substate-value *( SEMI subexp-params )
 *   substate-value      =  "active" / "pending" / "terminated" / extension-substate            a token
 *   subexp-params       =  ("reason" EQUAL event-reason-value) / ("expires" EQUAL delta-seconds)
 *                          / ("retry-after" EQUAL delta-seconds) / generic-param
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import type { ClauseId } from '../../core/error.ts';
import { formatParams, type Param, scanParams } from '../../core/params.ts';
import { scanToken } from '../../core/scan.ts';
import { token } from '../../core/write.ts';
import { formatEventType, scanEventType } from './token-lists.ts';

const CLAUSE: ClauseId = 'RFC6665-8.4';

/** What is subscribed to. */
export interface EventType {
  /** The package and its templates, as written: `presence.winfo`. Compares with case (RFC 6665 8.2.1). */
  readonly type: string;
  readonly params: readonly Param[];
}

/** How a subscription stands; `numberParam` reads its `expires` and `retry-after`. */
export interface SubscriptionState {
  readonly state: string;
  readonly params: readonly Param[];
}

export const event: FieldCodec<EventType> = /* @__PURE__ */ fieldCodec<EventType>({
  name: 'Event',
  compact: 'o',
  rule: 'Event',
  clause: CLAUSE,
  scan(s) {
    const type = scanEventType(s);
    if (type === undefined) return undefined;
    const params = scanParams(s);
    return params === undefined ? undefined : { type, params };
  },
  format: ({ type, params }) => formatEventType(type, 'type') + formatParams(params, 'params', CLAUSE),
});

export const subscriptionState: FieldCodec<SubscriptionState> = /* @__PURE__ */ fieldCodec<SubscriptionState>({
  name: 'Subscription-State',
  rule: 'Subscription-State',
  clause: CLAUSE,
  scan(s) {
    const state = scanToken(s, 'substate-value');
    if (state === undefined) return undefined;
    const params = scanParams(s);
    return params === undefined ? undefined : { state, params };
  },
  format: ({ state, params }) => token(state, 'state', CLAUSE) + formatParams(params, 'params', CLAUSE),
});

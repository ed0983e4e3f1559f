/*
 *   sessiontype-param  =  "sessiontype=" ( "adhoc" / "pre-defined" / token )       OMA IM, E.6 (a uri-parameter, RFC 3261)
 *
 * E.6 was not at hand; these two values are what the procedures name. Any other is read and kept.
 */
import { findParam } from '../core/params.ts';
import { sameText } from '../core/text.ts';
import { isSipUri, type SipUri, type Uri } from '../sip/uri.ts';

export type SessionType = 'adhoc' | 'pre-defined';

/** The value of a URI's sessiontype parameter as written, or `undefined`. @duty PM-5c, PM-7b, LM-E3c, LM-E4b (parse) */
export function sessionType(uri: Uri): string | undefined {
  return isSipUri(uri) ? findParam(uri.params, 'sessiontype')?.value : undefined;
}

/** Whether the URI's sessiontype is this one. */
export function hasSessionType(uri: Uri, type: SessionType): boolean {
  const value = sessionType(uri);
  return value !== undefined && sameText(value, type);
}

/** The URI with the sessiontype; one that it had is replaced. @duty PM-5c, PM-7b, LM-E3c, LM-E4b (build) */
export function withSessionType(uri: SipUri, type: SessionType): SipUri {
  return { ...uri, params: [...withoutSessionType(uri).params, { name: 'sessiontype', value: type }] };
}

/** The identity of the group or factory alone. */
export function withoutSessionType(uri: SipUri): SipUri {
  return { ...uri, params: uri.params.filter((param) => !sameText(param.name, 'sessiontype')) };
}

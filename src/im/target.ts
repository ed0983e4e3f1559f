/*
 * Whom a message is for, and the Request-URI that this makes (change request 8.1.1 steps 4 to 8; 9.1.1.2 steps 2 to 4).
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { isSipUri, type SipUri, sipUri, type Uri } from '../sip/uri.ts';
import type { CopyControl, DisplayName } from '../xml/resource-lists.ts';
import { hasSessionType, withoutSessionType, withSessionType } from './session-type.ts';

/** One receiver of a message; a URI is given as text or as read. */
export type OneTarget =
  /** One IM user. */
  | { readonly user: string | Uri }
  /** A pre-defined group, by its identity. */
  | { readonly group: string | Uri }
  /** The participants of an ongoing session that is no IM session, by the SIP session identity. */
  | { readonly session: string | Uri };

/** The receivers of a message. */
export type Target =
  | OneTarget
  /** Several users, through the conference factory of the home network. */
  | { readonly list: readonly ListedRecipient[]; readonly factory: string | Uri };

/** One of several users: a URI alone, or with what the others shall see of it (RFC 5364 4). */
export type ListedRecipient =
  | string
  | Uri
  | {
      readonly uri: string | Uri;
      /** `bcc` where absent: the others do not see the recipient. */
      readonly copyControl?: CopyControl | undefined;
      /** Whether the others see that there is somebody, but not who; means nothing with `bcc`. */
      readonly anonymize?: boolean | undefined;
      readonly displayName?: string | DisplayName | undefined;
    };

export type TargetKind = 'user' | 'group' | 'session' | 'list';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';

/** The duty that settles the Request-URI of each kind of target. */
export const TARGET_DUTY = { user: 'PM-4', group: 'PM-7a', session: 'PM-8', list: 'PM-5b' } as const;

export function targetKind(to: Target): TargetKind {
  if ('user' in to) return 'user';
  if ('group' in to) return 'group';
  return 'session' in to ? 'session' : 'list';
}

/**
 * The Request-URI for a target. Throws EncodeError that names the duty where a URI is none, or is no SIP URI where
 * its parameters are needed.
 *
 * @duty PM-4, PM-5b, PM-5c, PM-7a, PM-7b, PM-8 (build)
 */
export function target(to: Target): Uri {
  if ('user' in to) return readUri(to.user, 'to.user', 'PM-4');
  if ('session' in to) return readUri(to.session, 'to.session', 'PM-8');
  if ('group' in to) return withSessionType(readSipUri(to.group, 'to.group', 'PM-7a'), 'pre-defined');
  return withSessionType(readSipUri(to.factory, 'to.factory', 'PM-5b'), 'adhoc');
}

/** The identity that the target has towards people: the Request-URI without what only routes it. */
export function identity(to: Target): Uri {
  const uri = target(to);
  return isSipUri(uri) ? withoutSessionType(uri) : uri;
}

/**
 * What a Request-URI says about the target. A session's identity looks like a user's; an ad hoc one is the factory.
 */
export function readTarget(uri: Uri): { user: Uri } | { group: Uri } | { factory: Uri } {
  if (isSipUri(uri) && hasSessionType(uri, 'pre-defined')) return { group: withoutSessionType(uri) };
  if (isSipUri(uri) && hasSessionType(uri, 'adhoc')) return { factory: withoutSessionType(uri) };
  return { user: uri };
}

/** A URI from a caller: text is parsed, a value is checked. Throws EncodeError. */
export function readUri(uri: string | Uri, path: string, duty: string): Uri {
  if (typeof uri !== 'string') {
    sipUri.format(uri);
    return uri;
  }
  const read = sipUri.parse(uri);
  if (read.ok) return read.value;
  throw new EncodeError(
    `${JSON.stringify(uri)} is no URI: ${read.error.code} at ${read.error.offset}`,
    path,
    CLAUSE,
    duty,
  );
}

function readSipUri(uri: string | Uri, path: string, duty: string): SipUri {
  const read = readUri(uri, path, duty);
  if (isSipUri(read)) return read;
  throw new EncodeError(`a ${read.scheme} URI has no sessiontype parameter`, path, CLAUSE, duty);
}

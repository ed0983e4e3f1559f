/*
 * What an IMS core asks of a client's requests (change request 8.1.1 step 10): put into a composed request, and read
 * back. Which of the headers a core demands is the profile's to say; what it does not ask for is not written.
 *
 *   P-Preferred-Identity                       RFC 3325 9.2
 *   P-Preferred-Service                        RFC 6050 4.2
 *   P-Access-Network-Info                      RFC 7315 4.4, 5.4
 *   Route: the P-CSCF, then the Service-Route  RFC 3608 6.1
 *   Security-Verify, Require, Proxy-Require    RFC 3329 2.3.1
 */
import type { FieldCodec } from '../core/codec.ts';
import { type ClauseId, EncodeError, within } from '../core/error.ts';
import { findParam } from '../core/params.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { get, has, set } from '../sip/access.ts';
import type { Field } from '../sip/field.ts';
import { type AccessNetwork, isNetworkProvided, pAccessNetworkInfo } from '../sip/headers/access-network-info.ts';
import { pPreferredIdentity, route, serviceRoute } from '../sip/headers/name-addrs.ts';
import { type SecurityMechanism, securityVerify } from '../sip/headers/security-mechanisms.ts';
import { pPreferredService } from '../sip/headers/services.ts';
import { proxyRequire, requireField } from '../sip/headers/token-lists.ts';
import type { SipMessage, SipRequest } from '../sip/message.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { canonicalName, sameName } from '../sip/names.ts';
import { isSipUri, isTelUri, sipUri, type Uri } from '../sip/uri.ts';
import { imsProfile } from './ims.schema.ts';
import { checkInput, parseInput } from './input.ts';

const CLAUSE: ClauseId = 'OMA-IM-8.1.1';
const DUTY = 'PM-10-IMS';
const SEC_AGREE = 'sec-agree';

/** What one network asks of its clients; each part as the text of its header or as its codec's value. */
export interface ImsProfile {
  /**
   * Whom the first trusted proxy shall assert as the sender: one address, or a SIP or SIPS URI and a tel URI. It may
   * stand in an anonymous request: it is a hint to that proxy, which takes it out (RFC 3325 9.2).
   */
  readonly preferredIdentity?: string | readonly NameAddr[] | undefined;
  /** Whole URNs, in order of preference: `urn:urn-7:3gpp-service.ims.icsi.oma.cpm.msg`. */
  readonly preferredService?: string | readonly string[] | undefined;
  /** The access that the client uses. It tells a place, so it is only for a protected way to one's own network. */
  readonly accessNetworkInfo?: string | readonly AccessNetwork[] | undefined;
  /** The URI of the first proxy, which becomes the first Route; `lr` is added where it is missing. */
  readonly pCscf?: string | Uri | undefined;
  /** The Service-Route of the registration, which stands behind the P-CSCF in its own order. */
  readonly serviceRoute?: string | readonly NameAddr[] | undefined;
  /** The Security-Server list of the first proxy, as it was received; brings `Require` and `Proxy-Require`. */
  readonly securityVerify?: string | readonly SecurityMechanism[] | undefined;
}

/** What a request says of it: a profile in typed values, by which `withIms` writes the same headers again. */
export interface ImsHeaders {
  readonly preferredIdentity: readonly NameAddr[] | undefined;
  readonly preferredService: readonly string[] | undefined;
  readonly accessNetworkInfo: readonly AccessNetwork[] | undefined;
  readonly pCscf: Uri | undefined;
  readonly serviceRoute: readonly NameAddr[] | undefined;
  readonly securityVerify: readonly SecurityMechanism[] | undefined;
}

/**
 * The request with what the profile asks for: Route in front (behind Via, where there is one), the others before the
 * headers of the body. `sec-agree` joins a Require and Proxy-Require that are there. Throws EncodeError that names
 * path and duty where a part is no value of its header, or the request has that header already.
 *
 * @duty PM-10-IMS (build)
 */
export function withIms(request: SipRequest, profile: ImsProfile): SipRequest {
  try {
    checkInput(imsProfile, profile, CLAUSE);
    const added = [
      ...write(request, pPreferredIdentity, profile.preferredIdentity, 'preferredIdentity', soundIdentities),
      ...write(request, pPreferredService, profile.preferredService, 'preferredService'),
      ...write(request, pAccessNetworkInfo, profile.accessNetworkInfo, 'accessNetworkInfo', soundNetworks),
      ...write(request, securityVerify, profile.securityVerify, 'securityVerify'),
    ];
    const first = routeOf(request, profile);
    const [fields, demands] = profile.securityVerify === undefined ? [request.fields, []] : secAgree(request);
    return { ...startOf(request), fields: placed(fields, first, [...added, ...demands]), body: request.body };
  } catch (error) {
    throw error instanceof EncodeError ? new EncodeError(error.reason, error.path, error.clause, DUTY) : error;
  }
}

/** The field of a part that is asked for; `examine` throws on what the grammar lets through and the standard does not. */
function write<T>(
  request: SipRequest,
  codec: FieldCodec<T>,
  given: string | T | undefined,
  path: string,
  examine?: (value: T) => void,
): readonly Field[] {
  if (given === undefined) return [];
  if (has(request, codec.name)) throw alreadyThere(codec.name, path);
  const value = typeof given === 'string' ? parseInput(codec, given, path, DUTY) : given;
  try {
    examine?.(value);
    return [{ name: codec.name, value: codec.format(value) }];
  } catch (error) {
    throw within(path, error);
  }
}

function soundIdentities(values: readonly NameAddr[]): void {
  const sip = values.filter(({ uri }) => isSipUri(uri)).length;
  const tel = values.filter(({ uri }) => isTelUri(uri)).length;
  if (sip + tel === values.length && sip <= 1 && tel <= 1) return;
  throw new EncodeError('neither a SIP, SIPS or tel URI nor one of both kinds', '', 'RFC3325-9.2');
}

function soundNetworks(values: readonly AccessNetwork[]): void {
  if (values.some(isNetworkProvided)) {
    throw new EncodeError('network-provided is for the network to say', '', 'RFC7315-4.4.2.2');
  }
}

/** Route: the P-CSCF and what the Service-Route has behind it (RFC 3608 6.1); both are loose routers. */
function routeOf(request: SipRequest, profile: ImsProfile): readonly Field[] {
  const { pCscf, serviceRoute: behind } = profile;
  if (pCscf === undefined) {
    if (behind === undefined) return [];
    throw new EncodeError('the way to a service route begins at the P-CSCF', 'pCscf', 'RFC3608-6.1');
  }
  if (has(request, route.name)) throw alreadyThere(route.name, 'pCscf');
  const uri = typeof pCscf === 'string' ? parseInput(sipUri, pCscf, 'pCscf', DUTY) : pCscf;
  let value: string;
  try {
    value = `<${sipUri.format(looseRouter(uri))}>`;
  } catch (error) {
    throw within('pCscf', error);
  }
  const [rest] = write(request, serviceRoute, behind, 'serviceRoute', soundRoutes);
  return [{ name: route.name, value: rest === undefined ? value : `${value}, ${rest.value}` }];
}

function looseRouter(uri: Uri): Uri {
  if (!isSipUri(uri)) throw new EncodeError('no SIP or SIPS URI', '', 'RFC3261-20.34');
  return isLoose(uri) ? uri : { ...uri, params: [...uri.params, { name: 'lr' }] };
}

/** A router that is not loose would have to be the Request-URI (RFC 3261 12.2.1.1), which is no matter of a profile. */
function soundRoutes(values: readonly NameAddr[]): void {
  const i = values.findIndex(({ uri }) => !isLoose(uri));
  if (i >= 0) throw new EncodeError('no SIP or SIPS URI with lr', `[${i}]`, 'RFC3608-5');
}

function isLoose(uri: Uri): boolean {
  return isSipUri(uri) && findParam(uri.params, 'lr') !== undefined;
}

/** `sec-agree` in Require and Proxy-Require (RFC 3329 2.3.1): the fields where it joined those that are there, and new ones. */
function secAgree(request: SipRequest): readonly [fields: readonly Field[], added: readonly Field[]] {
  let { fields } = request;
  const added: Field[] = [];
  for (const codec of [requireField, proxyRequire]) {
    const tags = get(request, codec);
    if (tags?.ok === false) {
      const { code, offset, clause } = tags.error;
      throw new EncodeError(`what the request has of it is refused: ${code} at ${offset}`, codec.name, clause);
    }
    if (tags === undefined) added.push({ name: codec.name, value: codec.format([SEC_AGREE]) });
    else if (!tags.value.some((tag) => sameText(tag, SEC_AGREE))) {
      fields = set({ ...startOf(request), fields, body: request.body }, codec, [...tags.value, SEC_AGREE]).fields;
    }
  }
  return [fields, added];
}

function startOf({ method, uri, version }: SipRequest): Pick<SipRequest, 'method' | 'uri' | 'version'> {
  return version === undefined ? { method, uri } : { method, uri, version };
}

function alreadyThere(name: string, path: string): EncodeError {
  return new EncodeError(`the request has ${name} already`, path, CLAUSE);
}

function placed(fields: readonly Field[], first: readonly Field[], added: readonly Field[]): readonly Field[] {
  const result = [...fields];
  const content = result.findIndex(({ name }) => canonicalName(name).startsWith('Content-'));
  result.splice(content < 0 ? result.length : content, 0, ...added);
  result.splice(result.findLastIndex(({ name }) => sameName(name, 'Via')) + 1, 0, ...first);
  return result;
}

/**
 * What a request says to an IMS core, as its client wrote it: the first Route is the P-CSCF. Refused where one of the
 * headers is broken, or the first Route is more than a URI. What is missing is the checker's matter, and so is
 * `sec-agree`.
 *
 * @duty PM-10-IMS (parse)
 */
export function readIms(message: SipMessage): Result<ImsHeaders> {
  const identity = get(message, pPreferredIdentity);
  if (identity?.ok === false) return identity;
  const service = get(message, pPreferredService);
  if (service?.ok === false) return service;
  const networks = get(message, pAccessNetworkInfo);
  if (networks?.ok === false) return networks;
  const verify = get(message, securityVerify);
  if (verify?.ok === false) return verify;
  const routes = get(message, route);
  if (routes?.ok === false) return routes;
  const [first, ...behind] = routes?.value ?? [];
  if (first !== undefined && (first.displayName !== undefined || first.params.length > 0)) {
    const field = message.fields.findIndex(({ name }) => sameName(name, route.name));
    const expected = 'a URI without name and parameters of the header';
    return refuse({ code: 'unsupported', rule: 'Route', clause: 'RFC3261-20.34', offset: 0, expected, field });
  }
  return ok({
    preferredIdentity: identity?.value,
    preferredService: service?.value,
    accessNetworkInfo: networks?.value,
    pCscf: first?.uri,
    serviceRoute: behind.length === 0 ? undefined : behind,
    securityVerify: verify?.value,
  });
}

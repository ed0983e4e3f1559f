/*
 * What a caller hands to `withIms`, as a schema. Whether a text is the value of its header is for the codecs to say.
 */
import * as z from 'zod/mini';
import type { AccessNetwork } from '../sip/headers/access-network-info.ts';
import type { SecurityMechanism } from '../sip/headers/security-mechanisms.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import type { Uri } from '../sip/uri.ts';
import type { ImsProfile } from './ims.ts';
import { isNameAddr, isObject, isUri, lists } from './values.schema.ts';

/** The text of a header, or the elements of its list. */
function list<T>(what: string, isElement: (value: unknown) => boolean): z.ZodMiniType<string | readonly T[]> {
  const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isElement);
  return z.custom((value) => typeof value === 'string' || isList(value), `no text, and no list of ${what}`);
}

const addresses = list<NameAddr>('addresses', isNameAddr);
const services = list<string>('services', (value) => typeof value === 'string');
const networks = list<AccessNetwork>('access networks', (value) => isObject(value) && lists(value, 'infos'));
const mechanisms = list<SecurityMechanism>('security mechanisms', (value) => isObject(value) && lists(value, 'params'));
const uri: z.ZodMiniType<string | Uri> = z.custom((value) => typeof value === 'string' || isUri(value), 'no URI');

export const imsProfile: z.ZodMiniType<ImsProfile> = z.strictObject({
  preferredIdentity: z.optional(addresses),
  preferredService: z.optional(services),
  accessNetworkInfo: z.optional(networks),
  pCscf: z.optional(uri),
  serviceRoute: z.optional(addresses),
  securityVerify: z.optional(mechanisms),
});

/*
 *   IM-user-agent  =  "IM-client" "/" oma-release *(LWS server-val)         OMA IM, Appendix F (as seen in the field)
 *   IM-server      =  "IM-serv" "/" oma-release *(LWS server-val)
 *   oma-release    =  "OMA" 1*DIGIT "." 1*DIGIT
 *
 * Appendix F was not at hand: the form is the one that every value in the field has. The release product usually
 * comes first, and is found wherever it stands. Other OMA enablers (PoC-client, CPM-client …) write theirs alike.
 */
import type { Codec } from '../core/codec.ts';
import { type ClauseId, EncodeError } from '../core/error.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { type Product, type ServerVal, userAgent } from '../sip/headers/products.ts';

const CLAUSE: ClauseId = 'OMA-IM-F';

/** What a User-Agent or Server value says about the OMA release, and all else that it says. */
export interface ReleaseVersion {
  /** `IM-client` or `IM-serv`, or another enabler's, as spelt. */
  readonly enabler: string;
  readonly major: number;
  readonly minor: number;
  /** Products and comments before the release product. */
  readonly before: readonly ServerVal[];
  /** Products and comments behind it: terminal, client, operating system. */
  readonly after: readonly ServerVal[];
}

/** @duty PM-2 (build, parse) @duty LM-G2 (parse) */
export const releaseVersion: Codec<ReleaseVersion> = {
  name: 'release-version',
  rule: 'IM-user-agent',
  clause: CLAUSE,
  parse(text, options) {
    const products = userAgent.parse(text, options);
    return products.ok ? readReleaseVersion(products.value) : products;
  },
  format: (value) => userAgent.format(releaseProducts(value)),
};

/** Finds the release product: that of IM before that of any other enabler, the first of several. */
export function readReleaseVersion(products: readonly ServerVal[]): Result<ReleaseVersion> {
  let found = -1;
  for (let i = 0; i < products.length; i++) {
    const release = releaseOf(products[i] as ServerVal);
    if (release === undefined) continue;
    if (isImEnabler(release.enabler)) {
      found = i;
      break;
    }
    if (found < 0) found = i;
  }
  const release = found < 0 ? undefined : releaseOf(products[found] as ServerVal);
  if (release === undefined) {
    const expected = 'a product such as IM-client/OMA1.0';
    return refuse({ code: 'missing', rule: 'oma-release', clause: CLAUSE, offset: 0, expected });
  }
  return ok({ ...release, before: products.slice(0, found), after: products.slice(found + 1) });
}

/** The products of a User-Agent or Server value, the release among them. Throws EncodeError. */
export function releaseProducts(value: ReleaseVersion): readonly ServerVal[] {
  const { enabler, major, minor, before, after } = value;
  const product: Product = { name: enabler, version: `OMA${major}.${minor}` };
  const products = [...before, product, ...after];
  const read = readReleaseVersion(products);
  if (read.ok && read.value.before.length === before.length && read.value.enabler === enabler) return products;
  throw new EncodeError(`${enabler}/OMA${major}.${minor} would not be found as the release`, 'release', CLAUSE, 'PM-2');
}

/** Whether it is the release of an IM client or server, not of another enabler. */
export function isImRelease(value: ReleaseVersion): boolean {
  return isImEnabler(value.enabler);
}

/** Below zero where `a` is the older release, above where it is the newer one. */
export function compareReleases(a: ReleaseVersion, b: ReleaseVersion): number {
  return a.major - b.major || a.minor - b.minor;
}

function isImEnabler(enabler: string): boolean {
  return sameText(enabler, 'IM-client') || sameText(enabler, 'IM-serv');
}

/** Numbers of more than nine digits are no release that anybody compares. */
const RELEASE = /^OMA([0-9]{1,9})\.([0-9]{1,9})$/i;

function releaseOf(value: ServerVal): { enabler: string; major: number; minor: number } | undefined {
  if (!('name' in value) || value.version === undefined) return undefined;
  const match = RELEASE.exec(value.version);
  return match === null ? undefined : { enabler: value.name, major: Number(match[1]), minor: Number(match[2]) };
}

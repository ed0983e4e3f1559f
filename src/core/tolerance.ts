import type { ClauseId } from './error.ts';

/** What can be tolerated, each by its own name. */
export type Tolerance = 'bare-lf' | 'accept-contact-star';

/** What each tolerance lets through, and the clause that it bends. One that was used leaves a note. */
export const TOLERANCES: Readonly<Record<Tolerance, { readonly clause: ClauseId; readonly what: string }>> = {
  'bare-lf': { clause: 'RFC3261-7', what: 'a line of the head that ends in LF without CR' },
  'accept-contact-star': { clause: 'RFC3841-9.2', what: 'an Accept-Contact value without its leading "*"' },
};

/** All tolerances. Strict reading, which is the default, uses none. */
export const LENIENT: readonly Tolerance[] = Object.keys(TOLERANCES) as Tolerance[];

/*
 *   session-description  =  proto-version origin-field session-name-field [information-field] [uri-field]
 *                           *email-field *phone-field [connection-field] *bandwidth-field
 *                           1*( time-field *repeat-field ) [zone-adjustments] [key-field] *attribute-field
 *                           *( media-field [information-field] *connection-field *bandwidth-field [key-field]
 *                              *attribute-field )                                          RFC 4566 9, in short
 *
 * The order of lines, by their letters alone. A letter that RFC 4566 does not have may stand anywhere behind `v=`.
 */
import type { ClauseId } from '../core/error.ts';

/** A letter's place in the order; 0 for a letter that RFC 4566 does not have. */
const RANK: Uint8Array = /* @__PURE__ */ ranks();
const FIRST = 1;
const TIME = 10;
const MEDIUM = 14;
const A_REPEAT = 0x72;

function ranks(): Uint8Array {
  const table = new Uint8Array(256);
  for (const [i, letters] of ['v', 'o', 's', 'i', 'u', 'e', 'p', 'c', 'b', 'tr', 'z', 'k', 'a', 'm'].entries()) {
    for (const letter of letters) table[letter.charCodeAt(0)] = i + 1;
  }
  return table;
}

/** Letters as bits by their rank. */
function bits(letters: string): number {
  let all = 0;
  for (const letter of letters) all |= 1 << (RANK[letter.charCodeAt(0)] as number);
  return all;
}

const ONCE_IN_SESSION: number = /* @__PURE__ */ bits('vosiuczk');
const ONCE_IN_MEDIUM: number = /* @__PURE__ */ bits('ik');
const OF_A_MEDIUM: number = /* @__PURE__ */ bits('icbka');
const ALL_MANDATORY: number = /* @__PURE__ */ bits('vost');

/** A line that every session has. */
export interface MandatoryField {
  readonly letter: string;
  readonly rule: string;
  readonly clause: ClauseId;
}

const MANDATORY: readonly MandatoryField[] = [
  { letter: 'v', rule: 'proto-version', clause: 'RFC4566-5.1' },
  { letter: 'o', rule: 'origin-field', clause: 'RFC4566-5.2' },
  { letter: 's', rule: 'session-name-field', clause: 'RFC4566-5.3' },
  { letter: 't', rule: 'time-fields', clause: 'RFC4566-5.9' },
];

/** What is wrong with a line where it stands: no session begins so, it stands elsewhere, or there may be no second one. */
export type Misplaced = 'missing' | 'syntax' | 'duplicate';

/** Steps through the letters of a session, one a line. */
export class LineOrder {
  private seen = 0;
  private last = 0;
  private afterTime = false;
  private inMedium = false;

  /** Takes the next line, whether it is in order or not; `undefined` where it is. */
  step(letter: number): Misplaced | undefined {
    const rank = RANK[letter] as number;
    if (rank === 0) return this.last >= FIRST ? undefined : 'missing';
    if (rank === MEDIUM) {
      this.inMedium = true;
      this.seen = 0;
      this.last = FIRST;
      return undefined;
    }
    const bit = 1 << rank;
    if ((this.seen & bit & (this.inMedium ? ONCE_IN_MEDIUM : ONCE_IN_SESSION)) !== 0) return 'duplicate';
    const repeat = letter === A_REPEAT;
    const sound = rank >= this.last && (!this.inMedium || (bit & OF_A_MEDIUM) !== 0) && (!repeat || this.afterTime);
    this.afterTime = rank === TIME;
    this.last = rank;
    // r= has the rank of t=, but only a t= makes a time.
    if (!repeat) this.seen |= bit;
    return sound ? undefined : 'syntax';
  }

  /** What the session lacks before its first medium or its end; `undefined` behind a medium. */
  lacks(): MandatoryField | undefined {
    if (this.inMedium || (this.seen & ALL_MANDATORY) === ALL_MANDATORY) return undefined;
    return MANDATORY.find(({ letter }) => (this.seen & bits(letter)) === 0);
  }
}

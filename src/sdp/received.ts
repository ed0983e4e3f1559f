/*
 * A session that was received keeps its octets: its lines become objects when they are asked for, and it encodes to what
 * it came in. Its data look like any other session's.
 */
import { utf8 } from '../core/octets.ts';
import type { SdpIndex } from './scan.ts';
import type { SdpLine, SdpMedia, SdpSection, SdpSession } from './session.ts';

/** Where the lines of a received section stand in its session. */
export interface SectionPlace {
  readonly index: SdpIndex;
  readonly from: number;
  readonly to: number;
}

/** The place is private, so that no plain object can pass for a section that was received. */
class ReceivedSection implements SdpSection {
  readonly #place: SectionPlace;
  #lines: readonly SdpLine[] | undefined = undefined;

  constructor(index: SdpIndex, from: number, to: number) {
    this.#place = { index, from, to };
  }

  get lines(): readonly SdpLine[] {
    this.#lines ??= readLines(this.#place);
    return this.#lines;
  }

  toJSON(): SdpSection {
    return { lines: this.lines };
  }

  static placeOf(section: SdpSection): SectionPlace | undefined {
    return #place in section ? section.#place : undefined;
  }
}

export class ReceivedSession extends ReceivedSection implements SdpSession {
  #media: readonly SdpMedia[] | undefined = undefined;

  constructor(index: SdpIndex) {
    super(index, 0, index.media[0] as number);
  }

  get media(): readonly SdpMedia[] {
    this.#media ??= readMedia((placeOf(this) as SectionPlace).index);
    return this.#media;
  }

  override toJSON(): SdpSession {
    return { lines: this.lines, media: this.media };
  }
}

/** The place of a section that was received; `undefined` for any other. */
export const placeOf: (section: SdpSection) => SectionPlace | undefined = ReceivedSection.placeOf;

/** A line that is no UTF-8 keeps its octets; its value shows replacement characters. */
class IllFormedLine implements SdpLine {
  readonly type: string;
  readonly value: string;
  readonly #octets: Uint8Array;

  constructor(type: string, octets: Uint8Array) {
    this.type = type;
    this.value = new TextDecoder().decode(octets);
    this.#octets = octets;
  }

  static octetsOf(line: SdpLine): Uint8Array | undefined {
    return #octets in line ? line.#octets : undefined;
  }
}

/** The octets of the value of a line that was received and is no UTF-8; `undefined` for any other line. */
export const illFormedOctets: (line: SdpLine) => Uint8Array | undefined = IllFormedLine.octetsOf;

function readMedia(index: SdpIndex): readonly SdpMedia[] {
  const { media } = index;
  return media.slice(0, -1).map((from, i) => new ReceivedSection(index, from, media[i + 1] as number));
}

function readLines({ index, from, to }: SectionPlace): readonly SdpLine[] {
  const lines: SdpLine[] = [];
  for (let i = from; i < to; i++) {
    const type = index.text.slice(index.starts[i], (index.starts[i] as number) + 1);
    const value = lineText(index, i, 0);
    if (value === undefined) lines.push(new IllFormedLine(type, lineOctets(index, i, 0)));
    else lines.push({ type, value });
  }
  return lines;
}

/** The value of line `i` from its octet `skip` on; `undefined` where it is no UTF-8. */
export function lineText(index: SdpIndex, i: number, skip: number): string | undefined {
  const from = (index.starts[i] as number) + 2 + skip;
  return index.ascii ? index.text.slice(from, index.ends[i]) : utf8(lineOctets(index, i, skip));
}

export function lineOctets(index: SdpIndex, i: number, skip: number): Uint8Array {
  return index.octets.subarray((index.starts[i] as number) + 2 + skip, index.ends[i]);
}

/*
 * Small changes to a sentence, of the kind that parsers get wrong. Each says what it did.
 */
import type { Choose } from './generate.ts';

export interface Mutant<T> {
  readonly value: T;
  /** "delete 3", "insert U+0000 at 5" … positions count code points of a text and octets of octets. */
  readonly what: string;
}

const DELIMITERS: readonly number[] = [...'<>";:,@=/?&()[]{}\\*%. \t#!$+-_'].map((c) => c.charCodeAt(0));

/** Ends of ranges, controls, and characters that JavaScript treats as blanks or folds into ASCII. */
const BOUNDARY_CHARACTERS: readonly number[] = [
  0x00, 0x01, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1f, 0x20, 0x21, 0x22, 0x2f, 0x30, 0x39, 0x3a, 0x40, 0x41, 0x5a,
  0x5b, 0x5c, 0x60, 0x61, 0x7a, 0x7b, 0x7e, 0x7f, 0x80, 0x85, 0xa0, 0x130, 0x17f, 0x660, 0x7ff, 0x800, 0x2028, 0x212a,
  0xd7ff, 0xd800, 0xdfff, 0xe000, 0xfeff, 0xff0c, 0xffff, 0x10000, 0x10ffff,
];
const BOUNDARY_OCTETS: readonly number[] = [
  ...BOUNDARY_CHARACTERS.filter((c) => c <= 0x80),
  0xa0,
  0xbf,
  0xc0,
  0xc2,
  0xdf,
  0xe0,
  0xed,
  0xef,
  0xf0,
  0xf4,
  0xf5,
  0xf7,
  0xf8,
  0xfd,
  0xfe,
  0xff,
];

/** One change to a text. It may bring in a lone surrogate. */
export function mutate(text: string, choose: Choose): Mutant<string> {
  const units = Array.from(text, (c) => c.codePointAt(0) as number);
  const { value, what } = change(units, BOUNDARY_CHARACTERS, choose);
  return { value: value.map((code) => String.fromCodePoint(code)).join(''), what };
}

/** One change to octets. */
export function mutateOctets(octets: Uint8Array, choose: Choose): Mutant<Uint8Array> {
  const { value, what } = change(Array.from(octets), BOUNDARY_OCTETS, choose);
  return { value: Uint8Array.from(value), what };
}

type Change = (units: readonly number[], boundary: readonly number[], choose: Choose) => Mutant<number[]> | undefined;

const CHANGES: readonly Change[] = [
  (units, _, choose) => {
    if (units.length === 0) return undefined;
    const at = choose(units.length);
    return { value: spliced(units, at, 1), what: `delete ${at}` };
  },
  (units, boundary, choose) => {
    const at = choose(units.length + 1);
    const unit = oneOf(boundary, choose);
    return { value: spliced(units, at, 0, unit), what: `insert ${named(unit)} at ${at}` };
  },
  (units, _, choose) => {
    const at = choose(units.length + 1);
    const unit = oneOf(DELIMITERS, choose);
    return { value: spliced(units, at, 0, unit), what: `insert ${named(unit)} at ${at}` };
  },
  (units, boundary, choose) => {
    if (units.length === 0) return undefined;
    const at = choose(units.length);
    const unit = oneOf(boundary, choose);
    return { value: spliced(units, at, 1, unit), what: `replace ${at} by ${named(unit)}` };
  },
  (units, _, choose) => {
    if (units.length < 2) return undefined;
    const at = choose(units.length - 1);
    const [a, b] = [units[at] as number, units[at + 1] as number];
    return { value: spliced(units, at, 2, b, a), what: `swap ${at} and ${at + 1}` };
  },
  (units, _, choose) => {
    const at = where(units, isLetter, choose);
    if (at < 0) return undefined;
    return { value: spliced(units, at, 1, (units[at] as number) ^ 0x20), what: `flip the case of ${at}` };
  },
  (units, _, choose) => {
    const at = where(units, isDelimiter, choose);
    if (at < 0) return undefined;
    return { value: spliced(units, at, 0, units[at] as number), what: `double the delimiter at ${at}` };
  },
  (units, _, choose) => {
    const at = where(units, isDelimiter, choose);
    if (at < 0) return undefined;
    return { value: spliced(units, at, 1), what: `drop the delimiter at ${at}` };
  },
  (units, _, choose) => {
    if (units.length === 0) return undefined;
    const from = choose(units.length);
    const count = 1 + choose(Math.min(12, units.length - from));
    const part = units.slice(from, from + count);
    return { value: spliced(units, from, 0, ...part), what: `repeat ${count} from ${from}` };
  },
  (units, _, choose) => {
    if (units.length === 0) return undefined;
    const at = choose(units.length);
    return { value: units.slice(0, at), what: `cut off at ${at}` };
  },
];

function change(units: readonly number[], boundary: readonly number[], choose: Choose): Mutant<number[]> {
  const first = choose(CHANGES.length);
  for (let i = 0; ; i++) {
    const done = (CHANGES[(first + i) % CHANGES.length] as Change)(units, boundary, choose);
    if (done) return done;
  }
}

function spliced(units: readonly number[], at: number, count: number, ...more: number[]): number[] {
  return [...units.slice(0, at), ...more, ...units.slice(at + count)];
}

function oneOf(list: readonly number[], choose: Choose): number {
  return list[choose(list.length)] as number;
}

/** A position whose unit passes the test, or -1. */
function where(units: readonly number[], test: (unit: number) => boolean, choose: Choose): number {
  const places = units.flatMap((unit, at) => (test(unit) ? [at] : []));
  return places.length === 0 ? -1 : (places[choose(places.length)] as number);
}

function isLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

function isDelimiter(unit: number): boolean {
  return DELIMITERS.includes(unit);
}

function named(unit: number): string {
  return `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`;
}

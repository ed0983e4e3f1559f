import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldCodec } from '../../core/codec.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { contentLength, expires, maxForwards, minExpires } from './numbers.ts';

const CODECS: readonly [name: string, codec: FieldCodec<number>, max: number][] = [
  ['Max-Forwards', maxForwards, 255],
  ['Content-Length', contentLength, Number.MAX_SAFE_INTEGER],
  ['Expires', expires, 4_294_967_295],
  ['Min-Expires', minExpires, 4_294_967_295],
];

const VALID: readonly ValidRow<number>[] = [
  ['0', 0],
  ['1', 1],
  ['5', 5],
  ['10', 10],
  ['60', 60],
  ['69', 69],
  ['70', 70],
  ['00', 0, '0'],
  ['007', 7, '7'],
  ['099', 99, '99'],
  ['255', 255],
  [`${'0'.repeat(5000)}18`, 18, '18'],
];

const invalid = (name: string): readonly InvalidRow[] => [
  ['', 'truncated', name, 0],
  ['-1', 'syntax', name, 0],
  ['+5', 'syntax', name, 0],
  ['5.0', 'trailing', name, 1],
  ['0x5', 'trailing', name, 1],
  ['5 5', 'trailing', name, 1],
  ['1e3', 'trailing', name, 1],
  [' 5', 'syntax', name, 0],
  ['5 ', 'trailing', name, 1],
  ['\u0665', 'syntax', name, 0],
  ['5,5', 'trailing', name, 1],
  ['\0', 'control', name, 0],
  ['\ud800', 'encoding', name, 0],
  ['9007199254740992', 'range', name, 0],
  ['9007199254740993', 'range', name, 0],
  ['18446744073709551616', 'range', name, 0],
];

describe.each(CODECS)('%s', (name, codec, max) => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(codec, row));
  it.each(named(invalid(name)))('refuses %j', (_, row) => checkInvalid(codec, row));
  it('reads its greatest value and no greater one', () => {
    checkValid(codec, [String(max), max]);
    checkInvalid(codec, [String(BigInt(max) + 1n), 'range', name, 0]);
  });
  it('obeys the laws', () => checkLaws(codec, fc.integer({ min: 0, max })));
  it.each([-1, 0.5, max + 1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to write %s', (value) =>
    expect(checkRefusesToFormat(codec, value).path).toBe(name),
  );
  it.each(['0', ' '])('grows linearly on %j', (unit) => checkGrowth(codec, '0', unit));
});

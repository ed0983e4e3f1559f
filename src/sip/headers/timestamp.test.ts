import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkGrowth, checkInvalid, checkValid, type InvalidRow, named, type ValidRow } from '../../testing/rows.ts';
import { get } from '../access.ts';
import { sipMessage } from '../message.ts';
import { type Timestamp, timestamp } from './timestamp.ts';

const VALID: readonly ValidRow<Timestamp>[] = [
  ['54', { time: '54' }],
  ['0', { time: '0' }],
  ['54.', { time: '54.' }],
  ['54.30', { time: '54.30' }],
  ['54 0.5', { time: '54', delay: '0.5' }],
  ['54.3 2', { time: '54.3', delay: '2' }],
  ['54 .5', { time: '54', delay: '.5' }],
  ['54 .', { time: '54', delay: '.' }],
  ['54\t \t1.', { time: '54', delay: '1.' }, '54 1.'],
  ['54 ', { time: '54' }, '54'],
  ['0054', { time: '0054' }],
  ['99999999999999999999.999999999999999999', { time: '99999999999999999999.999999999999999999' }],
];

const INVALID: readonly InvalidRow[] = [
  ['', 'truncated', 'Timestamp', 0],
  ['.5', 'syntax', 'Timestamp', 0],
  ['-54', 'syntax', 'Timestamp', 0],
  ['+54', 'syntax', 'Timestamp', 0],
  [' 54', 'syntax', 'Timestamp', 0],
  ['54,5', 'syntax', 'Timestamp', 2],
  ['54.3.2', 'syntax', 'Timestamp', 4],
  ['54 -1', 'trailing', 'Timestamp', 3],
  ['54 1 2', 'trailing', 'Timestamp', 4],
  ['54 1..', 'trailing', 'Timestamp', 5],
  ['5e1', 'syntax', 'Timestamp', 1],
  ['\u0665\u0664', 'syntax', 'Timestamp', 0],
  ['54\u00a01', 'syntax', 'Timestamp', 2],
  ['54\r\n', 'control', 'Timestamp', 2],
];

const decimal = fc.stringMatching(/^[0-9]{1,20}(\.[0-9]{0,20})?$/);

describe('Timestamp', () => {
  it.each(named(VALID))('reads %j', (_, row) => checkValid(timestamp, row));
  it.each(named(INVALID))('refuses %j', (_, row) => checkInvalid(timestamp, row));
  it('needs a digit in a message, too', () => {
    const octets = new TextEncoder().encode('OPTIONS sip:a SIP/2.0\r\nTimestamp: .5\r\n\r\n');
    const read = get(unwrap(sipMessage.decode(octets)), timestamp);
    expect(read).toMatchObject({ ok: false, error: { code: 'syntax', rule: 'Timestamp', offset: 0 } });
  });
  it('obeys the laws', () => {
    const delay = fc.oneof(decimal, fc.stringMatching(/^\.[0-9]{0,9}$/));
    checkLaws(timestamp, fc.record({ time: decimal, delay: fc.option(delay, { nil: undefined }) }));
  });
  it.each<[Timestamp, string]>([
    [{ time: '' }, 'time'],
    [{ time: '.5' }, 'time'],
    [{ time: '5 5' }, 'time'],
    [{ time: '5\r\n' }, 'time'],
    [{ time: '', delay: '1' }, 'time'],
    [{ time: '5', delay: '' }, 'delay'],
    [{ time: '5', delay: '-1' }, 'delay'],
    [{ time: '5', delay: '1 ' }, 'delay'],
  ])('refuses to write %j', (value, path) => expect(checkRefusesToFormat(timestamp, value).path).toBe(path));
  it.each(['1', ' ', '.', '1 '])('grows linearly on %j', (unit) => checkGrowth(timestamp, '1', unit));
});

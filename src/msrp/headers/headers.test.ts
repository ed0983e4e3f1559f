import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlood } from '../../testing/flood.ts';
import { checkLaws, checkRefusesToFormat } from '../../testing/laws.ts';
import { checkInvalid, checkValid, type InvalidRow, type ValidRow } from '../../testing/rows.ts';
import {
  type ByteRange,
  byteRange,
  failureReport,
  fromPath,
  type MsrpStatus,
  msrpMessageId,
  msrpStatus,
  msrpText,
  successReport,
  toPath,
  useNickname,
} from '../index.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('Byte-Range', () => {
  const valid: ValidRow<ByteRange>[] = [
    ['1-16/16', { start: 1, end: 16, total: 16 }],
    ['1-*/8', { start: 1, end: '*', total: 8 }],
    ['1-*/*', { start: 1, end: '*', total: '*' }],
    ['5-8/*', { start: 5, end: 8, total: '*' }],
    ['1-0/0', { start: 1, end: 0, total: 0 }],
    ['1-0/*', { start: 1, end: 0, total: '*' }],
    ['1-*/0', { start: 1, end: '*', total: 0 }],
    ['138-148/148', { start: 138, end: 148, total: 148 }],
    ['9-*/8', { start: 9, end: '*', total: 8 }],
    ['001-016/0016', { start: 1, end: 16, total: 16 }, '1-16/16'],
    [`1-${MAX}/${MAX}`, { start: 1, end: MAX, total: MAX }],
  ];
  it.each(valid.map((row) => [row[0], row] as const))('reads %s', (_, row) => checkValid(byteRange, row));

  const invalid: InvalidRow[] = [
    ['', 'truncated', 'range-start', 0],
    ['*-1/1', 'syntax', 'range-start', 0],
    ['1', 'truncated', 'Byte-Range', 1],
    ['1-5', 'truncated', 'Byte-Range', 3],
    ['1-5/', 'truncated', 'total', 4],
    ['1 -5/5', 'syntax', 'Byte-Range', 1],
    ['1-5/5 ', 'trailing', 'Byte-Range', 5],
    ['-1-5/5', 'syntax', 'range-start', 0],
    ['+1-5/5', 'syntax', 'range-start', 0],
    ['1-5.0/5', 'syntax', 'Byte-Range', 3],
    ['1-0x5/5', 'syntax', 'Byte-Range', 3],
    ['1-**/5', 'syntax', 'Byte-Range', 3],
    ['\u0661-5/5', 'syntax', 'range-start', 0],
    ['9-1/0', 'range', 'Byte-Range', 0],
    ['0-5/5', 'range', 'Byte-Range', 0],
    ['0-0/0', 'range', 'Byte-Range', 0],
    ['5-4/10', 'range', 'Byte-Range', 0],
    ['1-5/4', 'range', 'Byte-Range', 0],
    ['10-*/8', 'range', 'Byte-Range', 0],
    ['1-9007199254740992/*', 'range', 'range-end', 2],
    ['18446744073709551616-*/*', 'range', 'range-start', 0],
    ['1-5/9007199254740993', 'range', 'total', 4],
  ];
  it.each(invalid)('row 55: refuses %s', (...row) => checkInvalid(byteRange, row));

  it('obeys the laws', () => {
    const values = fc
      .tuple(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), fc.nat(1e9), fc.boolean(), fc.boolean())
      .map(([start, length, rest, open, unknown]): ByteRange => {
        const end = start + length;
        return { start, end: open ? '*' : end, total: unknown ? '*' : end + rest };
      });
    checkLaws(byteRange, values, { texts: fc.constantFrom('1-0/0', '1-*/*') });
  });

  it.each([
    { start: 0, end: 5, total: 5 },
    { start: 9, end: 1, total: 9 },
    { start: 1, end: 5, total: 4 },
    { start: 1.5, end: 5, total: 5 },
    { start: 1, end: 2 ** 53, total: '*' },
    { start: 1, end: '?', total: '*' },
    { start: 1, end: 5, total: -1 },
  ])('does not write %j', (value) => {
    checkRefusesToFormat(byteRange, value as ByteRange);
  });

  it.each([
    ['', '0', '1-5/5'],
    ['1-', '9', '/5'],
    ['1-5/', '9', ''],
  ])('%s with 100 000 of %s: linear, and a limit', (prefix, unit, suffix) =>
    checkFlood(byteRange, prefix, unit, suffix),
  );
});

describe('To-Path and From-Path', () => {
  const A = { scheme: 'msrp', host: 'a.example.com', port: 1, sessionId: 'b', transport: 'tcp', params: [] } as const;
  it('have one URI or more, one blank between them', () => {
    checkValid(toPath, ['msrp://a.example.com:1/b;tcp', [A]]);
    checkValid(fromPath, ['msrp://a.example.com:1/b;tcp msrp://a.example.com:1/b;tcp', [A, A]]);
  });

  const invalid: InvalidRow[] = [
    ['', 'truncated', 'msrp-scheme', 0],
    ['msrp://a.example.com:1/b;tcp ', 'truncated', 'msrp-scheme', 29],
    ['msrp://a.example.com:1/b;tcp  msrp://a.example.com:1/b;tcp', 'syntax', 'msrp-scheme', 29],
    ['msrp://a.example.com:1/b;tcp,msrp://a.example.com:1/b;tcp', 'trailing', 'To-Path', 28],
    ['msrp://a.example.com:1/b;tcp\tmsrp://a.example.com:1/b;tcp', 'trailing', 'To-Path', 28],
    ['<msrp://a.example.com:1/b;tcp>', 'syntax', 'msrp-scheme', 0],
    ['msrp://a.example.com:1/b;tcp sip:bob@example.com', 'syntax', 'msrp-scheme', 29],
  ];
  it.each(invalid)('refuse %j', (...row) => checkInvalid(toPath, row));

  it('do not write a path without a URI, and name the URI that is wrong', () => {
    checkRefusesToFormat(toPath, []);
    expect(checkRefusesToFormat(toPath, [A, { ...A, host: '' }]).path).toBe('[1].host');
  });

  it('100 000 URIs: linear, and a limit', () => {
    checkFlood(toPath, 'msrp://a.example.com:1/b;tcp', ' msrp://a.example.com:1/b;tcp');
  });
});

describe('Message-ID', () => {
  it('has 4 to 32 characters', () => {
    for (const id of ['12339sdqwer', 'abcd', `a${'.-+%=aZ09'.repeat(3)}1234`]) checkValid(msrpMessageId, [id, id]);
    checkInvalid(msrpMessageId, ['abc', 'truncated', 'ident', 3]);
    checkInvalid(msrpMessageId, ['.abcd', 'syntax', 'ident', 0]);
    checkInvalid(msrpMessageId, ['a'.repeat(33), 'range', 'ident', 0]);
    checkInvalid(msrpMessageId, ['ab@cdef', 'syntax', 'ident', 2]);
    checkInvalid(msrpMessageId, ['abcd efgh', 'trailing', 'Message-ID', 4]);
    for (const id of ['abc', 'a'.repeat(33), '-abcd', 'ab cd', 'ab\r\ncd', '']) checkRefusesToFormat(msrpMessageId, id);
    checkLaws(msrpMessageId, fc.stringMatching(/^[A-Za-z0-9][-A-Za-z0-9.+%=]{3,31}$/));
  });
});

describe('Success-Report and Failure-Report', () => {
  it('LM-A3: have words, whatever their case', () => {
    checkValid(successReport, ['yes', 'yes']);
    checkValid(successReport, ['NO', 'no', 'no']);
    checkValid(failureReport, ['partial', 'partial']);
    checkValid(failureReport, ['Yes', 'yes', 'yes']);
    checkLaws(failureReport, fc.constantFrom('yes' as const, 'no' as const, 'partial' as const));
  });

  it('LM-A3: refuses every other word', () => {
    checkInvalid(successReport, ['', 'truncated', 'Success-Report', 0]);
    checkInvalid(successReport, ['partial', 'syntax', 'Success-Report', 0]);
    checkInvalid(successReport, ['ye\u017f', 'syntax', 'Success-Report', 0]);
    checkInvalid(failureReport, ['yes ', 'syntax', 'Failure-Report', 0]);
    checkInvalid(failureReport, ['yes\0', 'syntax', 'Failure-Report', 0]);
    expect(checkRefusesToFormat(successReport, 'partial' as 'yes').reason).toBe('"partial" is none of yes, no');
  });
});

describe('Status', () => {
  const valid: ValidRow<MsrpStatus>[] = [
    ['000 200 OK', { namespace: '000', status: 200, comment: 'OK' }],
    ['000 413', { namespace: '000', status: 413 }],
    ['001 000 ', { namespace: '001', status: 0, comment: '' }],
    ['000 400  \u00e4\t ', { namespace: '000', status: 400, comment: ' \u00e4\t ' }],
  ];
  it.each(valid.map((row) => [row[0], row] as const))('reads %j', (_, row) => checkValid(msrpStatus, row));

  const invalid: InvalidRow[] = [
    ['', 'truncated', 'namespace', 0],
    ['200 OK', 'syntax', 'status-code', 4],
    ['0000 200', 'syntax', 'Status', 3],
    ['000 20', 'truncated', 'status-code', 6],
    ['000  200', 'syntax', 'status-code', 4],
    ['000 2000', 'trailing', 'Status', 7],
    ['000 200\tOK', 'trailing', 'Status', 7],
    ['000 200 O\0K', 'control', 'comment', 9],
    ['000 200 \ud800', 'encoding', 'comment', 8],
  ];
  it.each(invalid)('refuses %j', (...row) => checkInvalid(msrpStatus, row));

  it('obeys the laws, and does not write what would end the line', () => {
    const comment = fc.option(fc.string({ unit: fc.constantFrom(...'aZ \t"\u00e9\u20ac') }), { nil: undefined });
    checkLaws(msrpStatus, fc.record({ namespace: fc.stringMatching(/^[0-9]{3}$/), status: fc.nat(999), comment }));
    checkRefusesToFormat(msrpStatus, { namespace: '00', status: 200 });
    checkRefusesToFormat(msrpStatus, { namespace: '000', status: 1000 });
    checkRefusesToFormat(msrpStatus, { namespace: '000', status: 200, comment: 'a\r\nb' });
    checkRefusesToFormat(msrpStatus, { namespace: '000', status: 200, comment: 7 as unknown as string });
  });
});

describe('Use-Nickname', () => {
  it('is a quoted text of 1 to 1023 octets (RFC 7701 7.1)', () => {
    checkValid(useNickname, ['"Alice the great"', 'Alice the great']);
    checkValid(useNickname, ['"\\"A\\\\B\\""', '"A\\B"']);
    checkValid(useNickname, ['" \t"', ' \t']);
    checkValid(useNickname, [`"${'\u00e4'.repeat(511)}a"`, `${'\u00e4'.repeat(511)}a`]);
  });

  const invalid: InvalidRow[] = [
    ['', 'truncated', 'nickname', 0],
    ['Alice', 'syntax', 'nickname', 0],
    ['"', 'unterminated', 'nickname', 0],
    ['"Alice', 'unterminated', 'nickname', 0],
    ['"Alice\\', 'unterminated', 'nickname', 0],
    ['"Alice\\"', 'unterminated', 'nickname', 0],
    ['""', 'range', 'nickname', 0],
    ['"A\\lice"', 'escape', 'qd-esc', 3],
    ['"A\0"', 'control', 'nickname', 2],
    ['"A\ud800"', 'encoding', 'nickname', 2],
    ['"Alice" ', 'trailing', 'Use-Nickname', 7],
    [`"${'a'.repeat(1024)}"`, 'range', 'nickname', 0],
    [`"${'\u00e4'.repeat(512)}"`, 'range', 'nickname', 0],
  ];
  it.each(invalid)('refuses %j', (...row) => checkInvalid(useNickname, row));

  it('obeys the laws, and does not write what cannot be quoted', () => {
    checkLaws(
      useNickname,
      fc.string({ unit: fc.constantFrom(...'aZ \t"\\;\u00e9\u20ac'), minLength: 1, maxLength: 20 }),
    );
    for (const name of ['', 'a\r\n', '\0', '\ud800', 'a'.repeat(1024), 7 as unknown as string]) {
      checkRefusesToFormat(useNickname, name);
    }
  });
});

describe('a header without a grammar', () => {
  it('is text of one line, blanks at its ends too', () => {
    const header = msrpText('X-Any');
    checkValid(header, [' a \t', ' a \t']);
    checkValid(header, ['', '']);
    checkInvalid(header, ['a\rb', 'control', 'hval', 1]);
    checkRefusesToFormat(header, 'a\nb');
    checkLaws(header, fc.string({ unit: fc.constantFrom(...'aZ \t"\u00e9\u20ac') }));
  });
});

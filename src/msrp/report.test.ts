import { describe, expect, it } from 'vitest';
import { toUtf8, utf8 } from '../core/octets.ts';
import { type Result, unwrap } from '../core/result.ts';
import { chunks, encodeChunks } from './chunks.ts';
import { isMsrpRequest, type MsrpRequest, msrp } from './message.ts';
import { composeReport, readReport, reportDue } from './report.ts';

const BOB = 'msrp://bob.example.com:8888/9di4eae923wzd;tcp';
const ALICE = 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp';
const RELAY = 'msrps://relay.example.net:2855/kjh34;tcp';

function decoded(octets: Uint8Array): MsrpRequest {
  const message = unwrap(msrp.decode(octets));
  if (!isMsrpRequest(message)) throw new Error('no request');
  return message;
}

function request(method: string, ...lines: readonly string[]): MsrpRequest {
  const paths = [`To-Path: ${BOB}`, `From-Path: ${RELAY} ${ALICE}`];
  return decoded(toUtf8([`MSRP d93kswow ${method}`, ...paths, ...lines, '-------d93kswow$', ''].join('\r\n')));
}

function send(range: string, body: string, flag = '$'): MsrpRequest {
  return request(
    'SEND',
    'Message-ID: 12339sdqwer',
    range,
    'Content-Type: text/html',
    '',
    `${body}\r\n-------d93kswow${flag}`,
  );
}

const OPTIONS = { transactionId: 'dkei38sd', status: 200, comment: 'OK' };

function written(result: Result<MsrpRequest>): string {
  return utf8(msrp.encode(unwrap(result))) as string;
}

describe('composeReport', () => {
  it('writes the report of RFC 4975 11.6, back over the whole path', () => {
    expect(written(composeReport(send('Byte-Range: 1-106/106', 'x'.repeat(106)), OPTIONS))).toBe(
      [
        'MSRP dkei38sd REPORT',
        `To-Path: ${RELAY} ${ALICE}`,
        `From-Path: ${BOB}`,
        'Message-ID: 12339sdqwer',
        'Byte-Range: 1-106/106',
        'Status: 000 200 OK',
        '-------dkei38sd$',
        '',
      ].join('\r\n'),
    );
  });

  it('counts the octets; the end of the range of the request does not count', () => {
    const rangeOf = (from: MsrpRequest, more = {}): unknown =>
      /Byte-Range: (.*)/.exec(written(composeReport(from, { ...OPTIONS, ...more })))?.[1];
    expect(rangeOf(send('Byte-Range: 5-20/100', 'abcd', '+'))).toBe('5-8/100');
    expect(rangeOf(send('Byte-Range: 5-*/*', 'abcd', '+'))).toBe('5-8/*');
    expect(rangeOf(send('Byte-Range: 1-16/16', 'abcd'))).toBe('1-4/4');
    expect(rangeOf(send('Byte-Range: 1-*/2', 'abcd', '+'))).toBe('1-4/4');
    expect(rangeOf(send('X: y', 'abcd'))).toBe('1-4/4');
    expect(rangeOf(send('Byte-Range: 1-0/0', ''))).toBe('1-0/0');
    expect(rangeOf(send('X: y', 'abcd'), { range: { start: 1, end: 9, total: 9 } })).toBe('1-9/9');
  });

  it('does not have Success-Report or Failure-Report, nor a body', () => {
    const lines = ['Message-ID: 12339sdqwer', 'Success-Report: yes', 'Failure-Report: yes'];
    const report = unwrap(composeReport(request('SEND', ...lines), { ...OPTIONS, status: 413 }));
    const names = ['To-Path', 'From-Path', 'Message-ID', 'Byte-Range', 'Status'];
    expect(report.fields.map(({ name }) => name)).toEqual(names);
    expect(report.body).toBeUndefined();
  });

  it('refuses a request that lacks what a report names', () => {
    expect(composeReport(request('SEND'), OPTIONS)).toMatchObject({ error: { code: 'missing', rule: 'Message-ID' } });
    expect(composeReport(request('SEND', 'Message-ID: x'), OPTIONS).ok).toBe(false);
    expect(composeReport(request('SEND', 'Message-ID: abcd', 'Byte-Range: 9-1/0'), OPTIONS).ok).toBe(false);
  });

  it('throws on options that are wrong', () => {
    const from = send('Byte-Range: 1-4/4', 'abcd');
    expect(() => composeReport(from, { ...OPTIONS, transactionId: 'a' })).toThrow('transactionId');
    expect(() => composeReport(from, { ...OPTIONS, status: 2000 })).toThrow('status');
    expect(() => composeReport(from, { ...OPTIONS, comment: 'a\nb' })).toThrow('comment');
    expect(() => composeReport(from, { ...OPTIONS, range: { start: 5, end: 4, total: 9 } })).toThrow('Byte-Range');
  });
});

describe('reportDue', () => {
  it('LM-A3: a report of success is due where the SEND asks for it, as composed', () => {
    const options = { toPath: BOB, fromPath: ALICE, messageId: '12339sdqwer', contentType: 'text/plain' };
    const asking = chunks(toUtf8('abc'), { ...options, transactionId: () => 'dkei38sd', successReport: 'yes' });
    const sent = decoded(encodeChunks(asking));
    expect(reportDue(sent, 200)).toBe(true);
    expect(unwrap(readReport(unwrap(composeReport(sent, OPTIONS))))).toEqual({
      messageId: '12339sdqwer',
      status: { namespace: '000', status: 200, comment: 'OK' },
      range: { start: 1, end: 3, total: 3 },
    });
  });

  it('LM-A3: a report of success is not due where none was asked for', () => {
    for (const lines of [
      [],
      ['Success-Report: no'],
      ['Success-Report: x'],
      ['Success-Report: yes', 'Success-Report: no'],
    ]) {
      expect(reportDue(request('SEND', ...lines), 200)).toBe(false);
    }
    expect(reportDue(request('REPORT', 'Success-Report: yes'), 200)).toBe(false);
    expect(reportDue(request('NICKNAME', 'Success-Report: yes'), 200)).toBe(false);
  });

  it('one of failure is due unless the SEND refuses it', () => {
    const due = (...lines: readonly string[]): boolean => reportDue(request('SEND', ...lines), 413);
    expect([due(), due('Failure-Report: yes'), due('Failure-Report: partial')]).toEqual([true, true, true]);
    expect(due('Failure-Report: no')).toBe(false);
    expect(reportDue(request('REPORT'), 413)).toBe(false);
  });
});

describe('readReport', () => {
  it('reads what it says, a range only where there is one', () => {
    const lines = ['Message-ID: 12339sdqwer', 'Status: 001 413'];
    expect(unwrap(readReport(request('REPORT', ...lines)))).toEqual({
      messageId: '12339sdqwer',
      status: { namespace: '001', status: 413, comment: undefined },
      range: undefined,
    });
    const strange = request('REPORT', ...lines, 'Byte-Range: 5-*/*', 'Success-Report: yes');
    expect(unwrap(readReport(strange)).range).toEqual({ start: 5, end: '*', total: '*' });
  });

  it('LM-A3: refuses what is no report, or does not say on which message or what', () => {
    const rows = [
      [request('SEND', 'Message-ID: abcd', 'Status: 000 200'), 'mismatch'],
      [request('REPORT', 'Status: 000 200'), 'missing'],
      [request('REPORT', 'Message-ID: abcd'), 'missing'],
      [request('REPORT', 'Message-ID: abcd', 'Status: 200'), 'truncated'],
      [request('REPORT', 'Message-ID: a', 'Status: 000 200'), 'truncated'],
      [request('REPORT', 'Message-ID: abcd', 'Status: 000 200', 'Byte-Range: 0-5/5'), 'range'],
    ] as const;
    for (const [given, code] of rows) expect(readReport(given)).toMatchObject({ ok: false, error: { code } });
  });
});

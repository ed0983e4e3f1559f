import { describe, expect, it } from 'vitest';
import { toUtf8, utf8 } from '../core/octets.ts';
import { unwrap } from '../core/result.ts';
import { isMsrpRequest, type MsrpField, type MsrpRequest, msrp } from './message.ts';
import { composeMsrpResponse, MSRP_STATUSES, msrpStatusMeaning, responseDue } from './respond.ts';

const TO = 'msrp://bob.example.com:8888/9di4eae923wzd;tcp';
const RELAY = 'msrps://relay.example.net:2855/kjh34;tcp';
const ALICE = 'msrp://alicepc.example.com:7777/iau39soe2843z;tcp';

/** A received request, headers besides the paths. */
function request(
  method: string,
  lines: readonly string[] = [],
  paths = [`To-Path: ${TO}`, `From-Path: ${RELAY} ${ALICE}`],
): MsrpRequest {
  const octets = toUtf8([`MSRP d93kswow ${method}`, ...paths, ...lines, '-------d93kswow$', ''].join('\r\n'));
  const message = unwrap(msrp.decode(octets));
  if (!isMsrpRequest(message)) throw new Error('no request');
  return message;
}

const text = (fields: readonly MsrpField[]): readonly string[] => fields.map(({ name, value }) => `${name}: ${value}`);

describe('composeMsrpResponse', () => {
  it('answers a SEND to the previous hop, with the transaction id of the request', () => {
    const response = unwrap(composeMsrpResponse(request('SEND'), 200, 'OK'));
    const written = ['MSRP d93kswow 200 OK', `To-Path: ${RELAY}`, `From-Path: ${TO}`, '-------d93kswow$', ''];
    expect(utf8(msrp.encode(response))).toBe(written.join('\r\n'));
  });

  it('answers any other request all the way back', () => {
    const { fields, comment } = unwrap(composeMsrpResponse(request('NICKNAME'), 403));
    expect(text(fields)).toEqual([`To-Path: ${RELAY} ${ALICE}`, `From-Path: ${TO}`]);
    expect(comment).toBeUndefined();
  });

  it('refuses where nobody can be answered', () => {
    expect(composeMsrpResponse(request('SEND', [], [`To-Path: ${TO}`]), 400)).toMatchObject({
      error: { code: 'missing', rule: 'From-Path' },
    });
    expect(composeMsrpResponse(request('SEND', [], ['To-Path: x', `From-Path: ${ALICE}`]), 400).ok).toBe(false);
  });

  it('throws on a status or comment that no response can have', () => {
    for (const status of [1000, -1, 20.5, Number.NaN]) {
      expect(() => composeMsrpResponse(request('SEND'), status)).toThrow('status');
    }
    expect(() => composeMsrpResponse(request('SEND'), 200, 'OK\r\nX: y')).toThrow('comment');
  });
});

describe('responseDue', () => {
  const rows = [
    [[], true, true],
    [['Failure-Report: yes'], true, true],
    [['Failure-Report: partial'], false, true],
    [['Failure-Report: no'], false, false],
    [['Failure-Report: perhaps'], true, true],
    [['Failure-Report: no', 'Failure-Report: yes'], true, true],
  ] as const;

  it.each(rows)('%j: success %j, failure %j', (lines, success, failure) => {
    expect(responseDue(request('SEND', lines), 200)).toBe(success);
    for (const status of [400, 403, 413, 415, 481, 501, 506]) {
      expect(responseDue(request('SEND', lines), status)).toBe(failure);
    }
  });

  it('a REPORT is not answered, whatever it says', () => {
    for (const [lines] of rows) expect(responseDue(request('REPORT', lines), 400)).toBe(false);
    expect(responseDue(request('NICKNAME'), 200)).toBe(true);
  });
});

describe('the status codes', () => {
  it('are those of RFC 4975 10', () => {
    expect(MSRP_STATUSES.map(({ status }) => status)).toEqual([200, 400, 403, 408, 413, 415, 423, 481, 501, 506]);
    expect(msrpStatusMeaning(413)?.sender).toBe('stop-message');
    expect(msrpStatusMeaning(408)?.sender).toBe('timeout');
    expect(msrpStatusMeaning(404)).toBeUndefined();
  });
});

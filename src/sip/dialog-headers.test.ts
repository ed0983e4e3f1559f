import { describe, expect, test } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { type Dialog, headerLines, withDialog } from './dialog-headers.ts';
import { type SipRequest, sipMessage } from './message.ts';

const request: SipRequest = {
  method: 'MESSAGE',
  uri: 'sip:bob@h.example',
  fields: [
    { name: 'From', value: '"Anonymous" <sip:anonymous@anonymous.invalid>' },
    { name: 't', value: '<sip:bob@h.example>' },
    { name: 'Accept-Contact', value: '*;+g.oma.sip-im' },
    { name: 'X-Name', value: 'é' },
    { name: 'l', value: '99' },
  ],
  body: new Uint8Array([1, 2, 3]),
};
const dialog: Dialog = {
  via: 'SIP/2.0/TCP h.example;branch=z9hG4bK1',
  from: '<sip:alice@h.example>;tag=t1;x=2',
  to: '<sip:other@h.example>',
  callId: 'c1@h.example',
  cseq: 7,
};

describe('withDialog', () => {
  test('puts the headers of the transaction in front and measures the body', () => {
    const octets = sipMessage.encode(withDialog(request, dialog));
    expect(new TextDecoder().decode(octets)).toBe(
      'MESSAGE sip:bob@h.example SIP/2.0\r\nVia: SIP/2.0/TCP h.example;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n' +
        'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=t1\r\nTo: <sip:bob@h.example>\r\n' +
        'Call-ID: c1@h.example\r\nCSeq: 7 MESSAGE\r\nAccept-Contact: *;+g.oma.sip-im\r\nX-Name: é\r\n' +
        'Content-Length: 3\r\n\r\n\x01\x02\x03',
    );
  });

  test('takes From and To from the dialog where the request has none', () => {
    const bare = withDialog({ ...request, version: 'SIP/2.0', fields: [] }, { ...dialog, maxForwards: 5 });
    expect(bare.fields.map(({ value }) => value)).toEqual([
      ...['SIP/2.0/TCP h.example;branch=z9hG4bK1', '5', '<sip:alice@h.example>;tag=t1;x=2', '<sip:other@h.example>'],
      ...['c1@h.example', '7 MESSAGE', '3'],
    ]);
  });

  test('takes parts as their codecs read them', () => {
    const uri = { scheme: 'sip', host: 'h.example', params: [], headers: [] } as const;
    const typed = withDialog(
      { ...request, fields: [] },
      {
        via: [{ protocol: 'SIP', version: '2.0', transport: 'UDP', host: 'h.example', port: undefined, params: [] }],
        from: { uri, params: [{ name: 'tag', value: '1' }] },
        to: { uri, params: [] },
        callId: 'c',
        cseq: 1,
      },
    );
    expect(typed.fields[0]).toEqual({ name: 'Via', value: 'SIP/2.0/UDP h.example' });
    expect(typed.fields[2]).toEqual({ name: 'From', value: '<sip:h.example>;tag=1' });
  });

  test.each<[string, Partial<Dialog>, string]>([
    ['From without tag', { from: '<sip:alice@h.example>' }, 'from'],
    ['a broken From', { from: 'alice' }, 'from'],
    ['a broken Via', { via: 'UDP' }, 'via'],
    ['a broken To', { to: 'bob' }, 'to'],
    ['CR and LF in Call-ID', { callId: 'a\r\nb' }, ''],
    ['a CSeq of 2^31', { cseq: 2 ** 31 }, ''],
    ['a Max-Forwards of 256', { maxForwards: 256 }, ''],
  ])('throws on %s', (_, changed, path) => {
    try {
      withDialog({ ...request, fields: [] }, { ...dialog, ...changed });
    } catch (error) {
      expect(error).toBeInstanceOf(EncodeError);
      if (path !== '') expect(error).toMatchObject({ path });
      return;
    }
    throw new Error('composed');
  });

  test('throws where nobody says whom it is for', () => {
    expect(() => withDialog({ ...request, fields: [] }, { ...dialog, to: undefined })).toThrow(EncodeError);
  });
});

describe('headerLines', () => {
  test('leaves out what stacks write, under any name', () => {
    expect(headerLines(request)).toEqual(['Accept-Contact: *;+g.oma.sip-im', 'X-Name: é']);
  });

  test('throws on a field that could not stand on a line', () => {
    expect(() => headerLines({ ...request, fields: [{ name: 'X', value: 'a\r\nEvil: 1' }] })).toThrow(EncodeError);
  });
});

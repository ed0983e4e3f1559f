import { describe, expect, it } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { getCpim, qualifiedNames } from '../cpim/access.ts';
import { type DateTime, dateTime } from '../cpim/datetime.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import { imdnMessageId } from './headers.ts';
import { composeAggregate, notificationContent } from './notifications.ts';
import { type NotificationRequestInput, readNotificationRequest, requestNotification } from './request.ts';

const AT: DateTime = unwrap(dateTime.parse('2006-04-04T12:16:49-05:00'));
const text = (message: CpimMessage): string => new TextDecoder().decode(cpim.encode(message));
const decode = (message: string): CpimMessage => unwrap(cpim.decode(new TextEncoder().encode(message)));

const PLAIN: CpimMessage = {
  headers: [
    { name: 'From', value: 'Alice <im:alice@example.com>' },
    { name: 'To', value: 'Bob <im:bob@example.com>' },
  ],
  content: {
    fields: [
      { name: 'Content-type', value: 'text/plain' },
      { name: 'Content-length', value: '12' },
    ],
    body: new TextEncoder().encode('Hello World\n'),
  },
};
const REQUEST = {
  dispositions: [{ type: 'positive-delivery' }, { type: 'negative-delivery' }],
  messageId: '34jk324j',
  at: AT,
};

// RFC 5438 7.1.1.3, with the blank line that RFC 3862 2 wants between the headers and the content
const EXAMPLE = `From: Alice <im:alice@example.com>\r
To: Bob <im:bob@example.com>\r
NS: imdn <urn:ietf:params:imdn>\r
imdn.Message-ID: 34jk324j\r
DateTime: 2006-04-04T12:16:49-05:00\r
imdn.Disposition-Notification: positive-delivery, negative-delivery\r
\r
Content-type: text/plain\r
Content-length: 12\r
\r
Hello World
`;

describe('asking for notifications', () => {
  it("gives RFC 5438's example", () => {
    expect(text(requestNotification(PLAIN, REQUEST))).toBe(EXAMPLE);
  });

  it('is read again as what was asked', () => {
    expect(unwrap(readNotificationRequest(requestNotification(PLAIN, REQUEST)) ?? never())).toEqual(REQUEST);
    expect(unwrap(readNotificationRequest(decode(EXAMPLE)) ?? never())).toEqual(REQUEST);
  });

  it('leaves the message that it was given as it was', () => {
    const before = text(PLAIN);
    requestNotification(PLAIN, REQUEST);
    expect(text(PLAIN)).toBe(before);
  });

  it('takes what the message has already', () => {
    const lines = 'NS: z <urn:ietf:params:imdn>\r\nz.Message-ID: abc\r\nDateTime: 2006-04-04T12:16:49-05:00\r\n';
    const has = decode(`${lines}\r\nContent-Type: text/plain\r\n\r\n`);
    const asked = requestNotification(has, { dispositions: [{ type: 'display' }] });
    expect(text(asked)).toBe(`${lines}z.Disposition-Notification: display\r\n\r\nContent-Type: text/plain\r\n\r\n`);
  });

  it.each(['NS: imdn <urn:x>', 'NS: <urn:x>\r\nimdn.a: b', 'NS: imdn <urn:x>\r\nNS: imdn2 <urn:y>'])(
    'declares a prefix that stands for nothing else: %j',
    (lines) => {
      const has = decode(
        `NS: imdn3 <urn:z>\r\nNS: cpim <urn:ietf:params:cpim-headers:>\r\n${lines}\r\n\r\nContent-Type: a/b\r\n\r\n`,
      );
      const before = qualifiedNames(has);
      const asked = decode(text(requestNotification(has, REQUEST)));
      expect(qualifiedNames(asked).slice(0, before.length)).toEqual(before);
      expect(getCpim(asked, imdnMessageId)).toMatchObject({ ok: true, value: '34jk324j' });
      expect(unwrap(readNotificationRequest(asked) ?? never())).toEqual(REQUEST);
    },
  );

  const imdn = { messageId: 'a', dateTime: AT, notification: { type: 'delivery', status: 'failed' } } as const;
  const disposed = { fields: [{ name: 'content-disposition', value: 'Notification' }], body: new Uint8Array(0) };
  const asking = requestNotification(PLAIN, REQUEST);
  it.each<[string, CpimMessage, NotificationRequestInput, string]>([
    ['nothing', PLAIN, { ...REQUEST, dispositions: [] }, 'dispositions'],
    ['what is no token', PLAIN, { ...REQUEST, dispositions: [{ type: 'a b' }] }, 'dispositions[0].type'],
    ['no Message-ID', PLAIN, { ...REQUEST, messageId: undefined }, 'messageId'],
    ['a Message-ID that is none', PLAIN, { ...REQUEST, messageId: 'a@b' }, 'messageId'],
    ['a Message-ID with a line end', PLAIN, { ...REQUEST, messageId: 'a\r\nb' }, 'messageId'],
    ['no time', PLAIN, { ...REQUEST, at: undefined }, 'at'],
    ['a time that is none', PLAIN, { ...REQUEST, at: { ...AT, month: 13 } }, 'at.month'],
    ['a second time', asking, REQUEST, 'messageId'],
    ['a second DateTime', asking, { dispositions: REQUEST.dispositions, at: AT }, 'at'],
    ['dispositions a second time', asking, { dispositions: REQUEST.dispositions }, 'dispositions'],
    ['about a notification', { ...PLAIN, content: notificationContent(imdn) }, REQUEST, 'content'],
    ['about an aggregate', { ...PLAIN, content: composeAggregate([imdn, imdn]) }, REQUEST, 'content'],
    ['about what says that it is a notification', { ...PLAIN, content: disposed }, REQUEST, 'content'],
  ])('throws for %s', (_, message, request, path) => {
    const ask = (): CpimMessage => requestNotification(message, request);
    expect(ask).toThrow(EncodeError);
    expect(ask).toThrow(expect.objectContaining({ path }));
  });

  it('throws where no prefix stands for the namespace of NS any more', () => {
    const has = decode('NS: <urn:x>\r\na: b\r\n\r\nContent-Type: a/b\r\n\r\n');
    expect(() => requestNotification(has, REQUEST)).toThrow(expect.objectContaining({ path: 'headers' }));
  });

  it('throws where the DateTime that is there is none', () => {
    const has = decode('DateTime: 2006-99-04\r\n\r\nContent-Type: a/b\r\n\r\n');
    expect(() => requestNotification(has, { ...REQUEST, at: undefined })).toThrow(/DateTime there is refused/);
  });
});

describe('reading what is asked', () => {
  const asks = (...lines: string[]): ReturnType<typeof readNotificationRequest> =>
    readNotificationRequest(
      decode(`NS: i <urn:ietf:params:imdn>\r\n${lines.join('\r\n')}\r\n\r\nContent-Type: text/plain\r\n\r\n`),
    );

  it('an absent or empty header asks for nothing', () => {
    expect(asks('i.Message-ID: a')).toBeUndefined();
    expect(asks('i.Message-ID: a', 'i.Disposition-Notification: ')).toBeUndefined();
  });

  it('a sender may have left out the DateTime', () => {
    expect(asks('i.Message-ID: a', 'i.Disposition-Notification: display, interworking')).toMatchObject({
      value: { dispositions: [{ type: 'display' }, { type: 'interworking' }], messageId: 'a', at: undefined },
    });
  });

  it.each<[string[], string, string]>([
    [['i.Disposition-Notification: display'], 'missing', 'Message-ID'],
    [['i.Message-ID: a b', 'i.Disposition-Notification: display'], 'trailing', 'Message-ID'],
    [['i.Message-ID: a', 'i.Disposition-Notification: display,'], 'truncated', 'Token'],
    [
      ['i.Message-ID: a', 'i.Disposition-Notification: display', 'i.Disposition-Notification: display'],
      'duplicate',
      'Disposition-Notification',
    ],
    [['i.Message-ID: a', 'i.Disposition-Notification: display', 'DateTime: now'], 'syntax', 'date-fullyear'],
  ])('is refused: %j', (lines, code, rule) => {
    expect(asks(...lines)).toMatchObject({ ok: false, error: { code, rule } });
  });

  it('a notification asks for nothing, whatever it says', () => {
    const said = EXAMPLE.replace('text/plain', 'message/imdn+xml');
    expect(readNotificationRequest(decode(said))).toBeUndefined();
  });
});

function never(): never {
  throw new Error('nothing is asked');
}

import { describe, expect, it } from 'vitest';
import { EncodeError } from '../core/error.ts';
import { unwrap } from '../core/result.ts';
import { dateTimeAt } from '../cpim/datetime.ts';
import { type CpimMessage, cpim } from '../cpim/message.ts';
import type { Part } from '../mime/fields.ts';
import { composeAggregate, isNotification, notificationContent, readNotifications } from './notifications.ts';
import { type Imdn, imdn } from './payload.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array): string => new TextDecoder().decode(value);
const lines = (document: string): string => document.replaceAll('\n', '\r\n');
const decode = (message: string): CpimMessage => unwrap(cpim.decode(octets(message)));
const part = (type: string, body: string, ...fields: [string, string][]): Part => ({
  fields: [['Content-Type', type] as [string, string], ...fields].map(([name, value]) => ({ name, value })),
  body: octets(body),
});

// RFC 5438 8.3, without the blanks in front that the document has; the examples of the document end their multipart
// with a delimiter, not with the close-delimiter that RFC 2046 wants
const HEADERS = `From: Bob <im:bob@example.com>
To: Alice <im:alice@example.com>
NS: imdn <urn:ietf:params:imdn>
imdn.Message-ID: d834jied93rf
`;
const NOTIFICATION = (type: string, status: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<imdn xmlns="urn:ietf:params:xml:ns:imdn">
      <message-id>34jk324j</message-id>
      <datetime>2008-04-04T12:16:49-05:00</datetime>
     <recipient-uri>im:bob@example.com</recipient-uri>
      <original-recipient-uri
        >im:bob@example.com</original-recipient-uri>
      <${type}-notification>
         <status>
            <${status}/>
         </status>
      </${type}-notification>
    </imdn>
`;
const AGGREGATE = (close: string): string =>
  lines(`${HEADERS}
Content-type: multipart/mixed;
                   boundary="imdn-boundary"
Content-Disposition: notification

--imdn-boundary
Content-type: message/imdn+xml

${NOTIFICATION('delivery', 'delivered')}
--imdn-boundary
Content-type: message/imdn+xml

${NOTIFICATION('display', 'displayed')}
--imdn-boundary${close}
`);
const SINGLE = lines(`${HEADERS}
Content-type: message/imdn+xml
Content-Disposition: notification

${NOTIFICATION('delivery', 'delivered')}`);

const value = (recipient: string, status: 'delivered' | 'failed' = 'delivered'): Imdn => ({
  messageId: '34jk324j',
  dateTime: dateTimeAt(Date.UTC(2008, 3, 4, 17, 16, 49)),
  recipientUri: recipient,
  originalRecipientUri: 'im:list@example.com',
  notification: { type: 'delivery', status },
});
const DOCUMENT = text(imdn.encode(value('im:bob@example.com')));

describe('reading', () => {
  it('one notification: the example of RFC 5438', () => {
    const { content } = decode(SINGLE);
    expect(readNotifications(content)).toMatchObject({
      value: [{ value: { messageId: '34jk324j', notification: { type: 'delivery', status: 'delivered' } } }],
    });
    expect(isNotification(content)).toBe(true);
  });

  it('an aggregate: the example of RFC 5438', () => {
    expect(readNotifications(decode(AGGREGATE('--')).content)).toMatchObject({
      ok: true,
      value: [
        { value: { notification: { type: 'delivery', status: 'delivered' } } },
        { value: { notification: { type: 'display', status: 'displayed' } } },
      ],
    });
  });

  it('the example as it is printed is refused, or its open end is let through and noted', () => {
    const { content } = decode(AGGREGATE(''));
    expect(readNotifications(content)).toMatchObject({ ok: false, error: { code: 'truncated' } });
    const read = readNotifications(content, { tolerances: ['multipart-close'] });
    expect(read).toMatchObject({ ok: true, notes: [{ tolerance: 'multipart-close' }] });
    expect(unwrap(read).slice(0, 2)).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it('one notification of an aggregate that is wrong costs only itself', () => {
    const bodies = [DOCUMENT, '<imdn/>', DOCUMENT.replace('delivered', 'displayed'), DOCUMENT];
    const parts = bodies.map((body) => `--b\r\nContent-Type: message/imdn+xml\r\n\r\n${body}\r\n`);
    const others =
      '--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: ;\r\n\r\n\r\n--b\r\n\r\nplain\r\n';
    const read = readNotifications(part('multipart/mixed;boundary=b', `${parts.join('')}${others}--b--`));
    expect(read).toMatchObject({
      value: [
        { ok: true },
        { ok: false, error: { rule: 'imdn' } },
        { ok: false, error: { rule: 'status' } },
        { ok: true },
        { ok: false, error: { rule: 'm-type' } },
      ],
    });
  });

  it('tolerances and limits reach the notifications', () => {
    const content = part('message/imdn+xml', DOCUMENT.replace(/<datetime>.*<\/datetime>/, ''));
    expect(readNotifications(content)).toMatchObject({ value: [{ ok: false, error: { code: 'missing' } }] });
    expect(readNotifications(content, { tolerances: ['imdn-datetime'] })).toMatchObject({
      value: [{ ok: true, notes: [{ tolerance: 'imdn-datetime' }] }],
    });
    expect(readNotifications(content, { limits: { elements: 2 } })).toMatchObject({
      value: [{ error: { code: 'limit' } }],
    });
  });

  it.each(['base64', 'BASE64'])('a body in %s', (mechanism) => {
    const body = Buffer.from(DOCUMENT).toString('base64');
    const content = part('Message/IMDN+XML;charset=utf-8', body, ['Content-Transfer-Encoding', mechanism]);
    expect(readNotifications(content)).toMatchObject({ value: [{ value: { messageId: '34jk324j' } }] });
  });

  it('a body whose encoding nobody knows is refused', () => {
    const content = part('message/imdn+xml', DOCUMENT, ['Content-Transfer-Encoding', 'x-rot13']);
    expect(readNotifications(content)).toMatchObject({ value: [{ ok: false, error: { code: 'unsupported' } }] });
  });

  it.each([
    part('text/plain', 'Hello'),
    part('application/imdn+xml', DOCUMENT),
    part('multipart/related;boundary=b', `--b\r\nContent-Type: message/imdn+xml\r\n\r\n${DOCUMENT}\r\n--b--`),
    { fields: [], body: octets(DOCUMENT) },
  ])('what is no notification has none', (content) => {
    expect(readNotifications(content)).toMatchObject({ ok: true, value: [] });
    expect(isNotification(content)).toBe(false);
  });

  it.each<[Part, string]>([
    [part('message', DOCUMENT), 'media-type'],
    [part('multipart/mixed', DOCUMENT), 'boundary'],
    [part('multipart/mixed;boundary=b', DOCUMENT), 'dash-boundary'],
  ])('content that cannot be taken apart is refused', (content, rule) => {
    expect(readNotifications(content)).toMatchObject({ ok: false, error: { rule } });
    expect(isNotification(content)).toBe(false);
  });

  it('content that says so is a notification, whatever it is', () => {
    const said = (disposition: string): boolean =>
      isNotification(part('text/plain', 'Hello', ['Content-Disposition', disposition]));
    expect(said('notification')).toBe(true);
    expect(said('Notification;handling=optional')).toBe(true);
    expect(said('render')).toBe(false);
    expect(said('"')).toBe(false);
  });
});

describe('composing', () => {
  const headers = [{ name: 'From', value: '<im:bob@example.com>' }];
  const all = [value('im:a@b'), value('im:c@d', 'failed'), value('im:--part-00000001@f')];

  it('one notification', () => {
    const content = notificationContent(all[0] as Imdn);
    const written = text(cpim.encode({ headers, content }));
    expect(written.slice(0, written.indexOf('<?xml'))).toBe(
      'From: <im:bob@example.com>\r\n\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n',
    );
    expect(readNotifications(decode(written).content)).toMatchObject({ value: [{ value: all[0] }] });
  });

  it('an aggregate, whose boundary is in none of its parts', () => {
    const content = composeAggregate(all);
    const written = text(cpim.encode({ headers, content }));
    expect(written.slice(0, written.indexOf('<?xml'))).toBe(
      lines(`From: <im:bob@example.com>

Content-Type: multipart/mixed;boundary=part-00000002
Content-Disposition: notification

--part-00000002
Content-Type: message/imdn+xml

`),
    );
    expect(readNotifications(decode(written).content)).toMatchObject({
      value: all.map((one) => ({ value: one, notes: [] })),
    });
    expect(isNotification(content)).toBe(true);
  });

  it('throws for none, and for what is none', () => {
    expect(() => composeAggregate([])).toThrow(EncodeError);
    const wrong = [value('im:a@b'), { ...value('im:a@b'), messageId: '' }];
    expect(() => composeAggregate(wrong)).toThrow(expect.objectContaining({ path: '[1].messageId' }));
    expect(() => notificationContent(wrong[1] as Imdn)).toThrow(expect.objectContaining({ path: 'messageId' }));
  });

  it('what was received goes out as it came', () => {
    const document = lines(NOTIFICATION('display', 'displayed'));
    const received = unwrap(imdn.decode(octets(document)));
    expect(text(composeAggregate([received]).body)).toContain(`\r\n\r\n${document}\r\n--`);
  });
});

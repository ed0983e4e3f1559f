import { describe, expect, it } from 'vitest';
import { open } from '../core/scanner.ts';
import { scanAbsoluteUri } from './absolute-uri.ts';

function parse(text: string): string {
  const s = open(text, 'absolute-URI', 'RFC3986-4.3', undefined);
  return scanAbsoluteUri(s, s.end) ?? (s.error?.code as string);
}

describe('absolute-URI', () => {
  it.each([
    ...[
      'im:pooh@100akerwood.com',
      'sip:a:b@c;d=e?f=g',
      'tel:+1-212',
      'urn:ietf:params:imdn',
      'a:',
      'a+b-c.1:x',
      'x:/',
      'x:/a//b',
    ],
    ...[
      'http://',
      'http://u:p@h:80/p?q',
      'http://h',
      'http://h:',
      'http://h?q',
      'file:///a',
      'http://[2001:db8::1]:80/',
      'http://[v1f.a:b]/',
    ],
    ...['http://%41', 'x:%00', "x:!$&'()*+,;=:@-._~", 'x:a?/?b', 'sip:a@[2001:db8::1]:5060;x=[y]?z=[]'],
  ])('takes %s', (text) => {
    expect(parse(text)).toBe(text);
  });

  it.each([
    ['', 'syntax'],
    ['a', 'syntax'],
    [':a', 'syntax'],
    ['1a:b', 'syntax'],
    ['/a', 'syntax'],
    ['a b:c', 'syntax'],
    ['a:b c', 'syntax'],
    ['a:#b', 'syntax'],
    ['a:%', 'escape'],
    ['a:%4', 'escape'],
    ['a:%zz', 'escape'],
    ['http://h:x/', 'syntax'],
    ['http://a@b@c', 'syntax'],
    ['http://[::1', 'unterminated'],
    ['http://[::1%25eth0]', 'syntax'],
    ['http://[v.a]', 'syntax'],
    ['http://[vf.]', 'syntax'],
    ['http://[::1]x', 'syntax'],
    ['a:\u00e4', 'syntax'],
    ['a:\ud800', 'encoding'],
    ['a:\n', 'control'],
    ['\u017fip:a', 'syntax'],
  ])('refuses %j', (text, code) => {
    expect(parse(text)).toBe(code);
  });
});

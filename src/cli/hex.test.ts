import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './hex.ts';

const OCTETS = Uint8Array.from([
  0, 0x4d, 0x45, 0x53, 0x53, 0x41, 0x47, 0x45, 0x20, 0x73, 0x69, 0x70, 0x3a, 0x0d, 0x0a, 0xff, 0x7c,
]);

describe('fromHex', () => {
  it.each([
    ['bare digits', '004d45534d\n'.replace('4d\n', '534147452073\n69703A0D0AFF7C')],
    ['groups', '00 4d45 5353 41 47 45 20\r\n73 69 70 3a 0d 0a ff 7c'],
    [
      'xxd',
      '00000000: 004d 4553 5341 4745 2073 6970 3a0d 0aff  .MESSAGE sip:...\n00000010: 7c                                       |\n',
    ],
    [
      'hexdump -C',
      '00000000  00 4d 45 53 53 41 47 45  20 73 69 70 3a 0d 0a ff  |.MESSAGE sip:...|\n00000010  7c                                                |||\n00000011\n',
    ],
    [
      'Wireshark',
      '0000   00 4d 45 53 53 41 47 45 20 73 69 70 3a 0d 0a ff   .MESSAGE sip:...\n0010   7c                                                |\n',
    ],
  ])('reads %s', (_, text) => {
    expect(fromHex(text)).toEqual(OCTETS);
  });

  it('reads what toHex writes', () => {
    for (const length of [0, 1, 15, 16, 17, 300]) {
      const octets = Uint8Array.from({ length }, (_, i) => (i * 7) & 255);
      expect(fromHex(toHex(octets))).toEqual(octets);
    }
  });

  it.each(['xyz', '0', '00 0', '00000000: 0g', '<html>'])('refuses %j and says where', (text) => {
    expect(fromHex(`4d\n${text}`)).toMatch(/^line 2 holds/);
  });
});

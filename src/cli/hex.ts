/*
 * Octets from a hex dump as people paste them: bare digits, `xxd`, `hexdump -C`, Wireshark. A line may begin with an
 * offset, which ends in a colon or two blanks, and end with the octets as characters, behind two blanks or a bar.
 */
const OFFSET = /^[ \t]*(?:0x)?[0-9a-f]{4,16}(?::|[ \t]{2})/i;
const ONLY_OFFSET = /^[0-9a-f]{4,16}$/i;
const DIGITS = /^(?:[0-9a-f]{2})+$/i;

/** The octets, or in words why the text is no hex dump. */
export function fromHex(text: string): Uint8Array | string {
  const octets: number[] = [];
  let dumped = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const offset = OFFSET.exec(line)?.[0];
    dumped ||= offset !== undefined;
    if (offset === undefined && dumped && ONLY_OFFSET.test(line)) continue;
    const data = offset === undefined ? line : withoutCharacters(line.slice(offset.length), offset.endsWith(':'));
    for (const group of data.split(/[ \t]+/)) {
      if (group === '') continue;
      if (!DIGITS.test(group))
        return `line ${i + 1} holds ${JSON.stringify(group.slice(0, 20))}, which is no hex octets`;
      for (let at = 0; at < group.length; at += 2) octets.push(Number.parseInt(group.slice(at, at + 2), 16));
    }
  }
  return Uint8Array.from(octets);
}

const ONLY_DATA = /^[0-9a-f \t]*$/i;

/** `hexdump -C` has two blanks in the middle of a line, and bars around the characters; the others have neither. */
function withoutCharacters(data: string, colon: boolean): string {
  const bar = data.indexOf('|');
  if (!colon && bar >= 0 && data.endsWith('|') && ONLY_DATA.test(data.slice(0, bar))) return data.slice(0, bar);
  const from = Math.max(data.search(/[^ \t]/), 0);
  const gap = data.slice(from).search(/[ \t]{2}/);
  return gap < 0 ? data : data.slice(0, from + gap);
}

/** The octets as lines of sixteen, each with its offset and its characters. */
export function toHex(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 16) {
    const row = octets.subarray(at, at + 16);
    const digits = Array.from(row, (octet) => octet.toString(16).padStart(2, '0')).join(' ');
    const characters = Array.from(row, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'));
    text += `${at.toString(16).padStart(8, '0')}: ${digits.padEnd(47)}  ${characters.join('')}\n`;
  }
  return text;
}

/*
 *   Subject-header  =  "Subject" ":" [ ";" Lang-param ] SP *HEADERCHAR                         RFC 3862 4.5
 *   Lang-param      =  "lang=" Language-tag              Language-tag = 1*8ALPHA *( "-" 1*8( ALPHA / DIGIT ) )
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { open, type Scanner } from '../core/scanner.ts';
import { CPIM_CLASS, LETTER, LETTER_OR_DIGIT } from './chars.ts';
import { escapeText, scanEscapedText } from './escape.ts';
import { type CpimRepeated, cpimRepeated } from './header.ts';

const CLAUSE: ClauseId = 'RFC3862-4.5';

/** What a message is about. Several of them say it in several languages. */
export interface CpimSubject {
  /** A language tag; where absent, the language is not said. */
  readonly lang?: string | undefined;
  /** With its escapes resolved. */
  readonly text: string;
}

/** Reads what stands behind the colon: ` the weather`, `;lang=fr le temps`. */
export const cpimSubject: CpimRepeated<CpimSubject> = /* @__PURE__ */ cpimRepeated<CpimSubject>({
  name: 'Subject',
  rule: 'Subject-header',
  clause: CLAUSE,
  params: 'read',
  scan(s) {
    let lang: string | undefined;
    if (s.take(0x3b)) {
      if (!s.text.startsWith('lang=', s.pos)) return s.unexpected('Lang-param', CLAUSE, 'lang=');
      s.pos += 5;
      lang = scanLanguageTag(s);
      if (lang === undefined) return undefined;
    }
    if (!s.take(0x20)) return s.unexpected('Subject-header', CLAUSE, 'a blank');
    if (s.peek() === 0x20) return s.fail('syntax', 'Header', 'RFC3862-2.2', 'one blank');
    const text = scanEscapedText(s);
    return text === undefined ? undefined : { lang, text };
  },
  format({ lang, text }) {
    const escaped = escapeText(text, 'text');
    if (escaped.startsWith(' ')) throw new EncodeError('a second blank behind the colon', 'text', 'RFC3862-2.2');
    if (lang === undefined) return ` ${escaped}`;
    const s = open(lang, 'Language-tag', CLAUSE, undefined);
    if (s.error !== undefined || scanLanguageTag(s) === undefined || s.pos !== s.end) {
      throw new EncodeError(`${JSON.stringify(lang)} is no Language-tag`, 'lang', CLAUSE);
    }
    return `;lang=${lang} ${escaped}`;
  },
});

function scanLanguageTag(s: Scanner): string | undefined {
  const { codes, end, pos } = s;
  let p = pos;
  for (let mask = LETTER; ; mask = LETTER_OR_DIGIT) {
    const from = p;
    while (p < end && ((CPIM_CLASS[codes[p] as number] as number) & mask) !== 0) p++;
    s.pos = p;
    if (p === from) return s.unexpected('Language-tag', CLAUSE, mask === LETTER ? 'a letter' : 'a letter or digit');
    if (p - from > 8) return s.fail('syntax', 'Language-tag', CLAUSE, 'at most eight between hyphens', from + 8);
    if (p === end || codes[p] !== 0x2d) return s.text.slice(pos, p);
    p++;
  }
}

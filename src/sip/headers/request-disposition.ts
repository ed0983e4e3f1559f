/*
 *   Request-Disposition  =  ( "Request-Disposition" / "d" ) HCOLON directive *(COMMA directive)      RFC 3841 9.1, 10
 *   directive            =  "proxy" / "redirect" / "cancel" / "no-cancel" / "fork" / "no-fork" / "recurse"
 *                           / "no-recurse" / "parallel" / "sequential" / "queue" / "no-queue"
 */
import { type FieldCodec, listCodec } from '../../core/codec.ts';
import { type ClauseId, EncodeError } from '../../core/error.ts';
import { scanList, scanToken } from '../../core/scan.ts';
import type { Scanner } from '../../core/scanner.ts';
import { asciiLower } from '../../core/text.ts';
import { formatList } from './comma-list.ts';

const CLAUSE: ClauseId = 'RFC3841-9.1';

/** The list is closed: an extension would need a grammar of its own. */
const DIRECTIVES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...['proxy', 'redirect', 'cancel', 'no-cancel', 'fork', 'no-fork'],
  ...['recurse', 'no-recurse', 'parallel', 'sequential', 'queue', 'no-queue'],
]);

/** How servers shall treat the request: directives as spelt. */
export const requestDisposition: FieldCodec<readonly string[]> = /* @__PURE__ */ listCodec<string>({
  name: 'Request-Disposition',
  compact: 'd',
  rule: 'Request-Disposition',
  clause: CLAUSE,
  scan: (s) => scanList(s, scanDirective),
  format: (directives) => formatList(directives, 'Request-Disposition', CLAUSE, formatDirective),
});

function scanDirective(s: Scanner): string | undefined {
  const from = s.pos;
  const directive = scanToken(s, 'directive');
  if (directive === undefined || DIRECTIVES.has(asciiLower(directive))) return directive;
  return s.fail('syntax', 'directive', CLAUSE, 'one of the twelve directives', from);
}

function formatDirective(directive: string): string {
  if (DIRECTIVES.has(asciiLower(directive))) return directive;
  throw new EncodeError(`${JSON.stringify(directive)} is no directive`, '', CLAUSE);
}

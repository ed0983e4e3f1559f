import type { ClauseId } from './error.ts';

/** What can be tolerated, each by its own name. */
export type Tolerance =
  | 'bare-lf'
  | 'accept-contact-star'
  | 'multipart-close'
  | 'cpim-blank-lines'
  | 'cpim-two-blanks'
  | 'cpim-content-length'
  | 'xml-namespace'
  | 'copy-control-namespace'
  | 'sdp-order'
  | 'sdp-last-line'
  | 'sdp-filesize'
  | 'imdn-datetime'
  | 'imdn-recipient-uri'
  | 'imdn-content';

/** What each tolerance lets through, and the clause that it bends. One that was used leaves a note. */
export const TOLERANCES: Readonly<Record<Tolerance, { readonly clause: ClauseId; readonly what: string }>> = {
  'bare-lf': { clause: 'RFC3261-7', what: 'a line of the head that ends in LF without CR' },
  'accept-contact-star': { clause: 'RFC3841-9.2', what: 'an Accept-Contact value without its leading "*"' },
  'multipart-close': { clause: 'RFC2046-5.1.1', what: 'a multipart body that ends without its close-delimiter' },
  'cpim-blank-lines': { clause: 'RFC3862-2', what: 'blank lines before the headers of a CPIM message or its content' },
  'cpim-two-blanks': { clause: 'RFC3862-2.2', what: 'more than one blank behind the colon of a CPIM header' },
  'cpim-content-length': {
    clause: 'RFC3862-2',
    what: 'a Content-Length of CPIM content that is wrong: always let through, since it frames nothing',
  },
  'xml-namespace': {
    clause: 'XML-NAMES-2.1',
    what: 'an XML document whose root element has the right name in another namespace or in none',
  },
  'copy-control-namespace': {
    clause: 'RFC5364-5',
    what: 'copyControl in urn:ietf:params:xml:ns:copyControl, as in the examples of RFC 5365 and 5366: always let through',
  },
  'sdp-order': { clause: 'RFC4566-5', what: 'lines of a session description in another order' },
  'sdp-last-line': {
    clause: 'RFC4566-5',
    what: 'a session description whose last line has no CRLF, as where a multipart delimiter took it',
  },
  'sdp-filesize': { clause: 'RFC5547-6', what: 'an a=filesize of 0 or -1, by which others say that it is not known' },
  'imdn-datetime': { clause: 'RFC5438-11.1.2', what: 'an IMDN whose datetime is absent, or no date and time' },
  'imdn-recipient-uri': {
    clause: 'RFC5438-11.1.9',
    what: 'an IMDN with one of recipient-uri and original-recipient-uri alone, or with a subject and neither',
  },
  'imdn-content': {
    clause: 'RFC5438-11.1.9',
    what: 'an IMDN whose elements stand in another order than its schema has, or that has elements or attributes which its schema does not know',
  },
};

/** All tolerances. Strict reading, which is the default, uses none. */
export const LENIENT: readonly Tolerance[] = Object.keys(TOLERANCES) as Tolerance[];

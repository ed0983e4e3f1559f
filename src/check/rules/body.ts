/* The body as the head announces it: RFC 3261 18.3, 20.15. */
import { contentLength } from '../../sip/headers/numbers.ts';
import type { Rule } from '../finding.ts';

/** On a stream such a message is incomplete; in a datagram the missing octets never come. */
export const lengthThere: Rule = {
  clause: 'RFC3261-18.3',
  severity: 'error',
  asks: 'the body has the octets that Content-Length says',
  find(view) {
    const length = view.get(contentLength);
    if (length === undefined || length <= view.available) return [];
    const message = `mismatch: ${length} octets announced, ${view.available} there`;
    return [{ range: view.rangeOf('Content-Length'), field: 'Content-Length', message }];
  },
};

export const contentTypeThere: Rule = {
  clause: 'RFC3261-20.15',
  severity: 'error',
  asks: 'a body has a Content-Type',
  find(view) {
    const { body } = view.message;
    if (body.length === 0 || view.named('Content-Type').length > 0) return [];
    const message = `missing: nothing says what the ${body.length} octets of the body are`;
    return [{ range: view.start.whole, field: 'Content-Type', message }];
  },
};

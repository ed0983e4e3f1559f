/* What ties a message to its transaction: RFC 3261 8.1.1, 8.2.6.2. */
import { sameText } from '../../core/text.ts';
import { cseq } from '../../sip/headers/cseq.ts';
import { from, tagOf, to } from '../../sip/headers/name-addrs.ts';
import type { Rule } from '../finding.ts';

export const cseqMethod: Rule = {
  clause: 'RFC3261-8.1.1.5',
  severity: 'error',
  asks: 'the method of CSeq is that of the request',
  find(view) {
    const value = view.get(cseq);
    if (view.request === undefined || value === undefined || value.method === view.request.method) return [];
    const message = `mismatch: ${value.method} in CSeq, ${view.request.method} in the request`;
    return [{ range: view.rangeOf('CSeq'), field: 'CSeq', message }];
  },
};

const COOKIE = 'z9hG4bK';

/** A branch of RFC 2543 is accepted; who sends by RFC 3261 writes the cookie and something unique behind it. */
export const viaBranch: Rule = {
  clause: 'RFC3261-8.1.1.7',
  severity: 'info',
  ofSender: 'error',
  asks: 'the branch of Via begins with z9hG4bK and tells the transaction',
  find(view) {
    for (const { range, result } of view.named('Via')) {
      if (!result.ok) continue;
      for (const value of result.value as readonly ViaParams[]) {
        const branch = value.params.find((param) => sameText(param.name, 'branch'))?.value;
        const fault = faultOf(branch);
        if (fault !== undefined) return [{ range, field: 'Via', message: fault }];
      }
    }
    return [];
  },
};

interface ViaParams {
  readonly params: readonly { readonly name: string; readonly value?: string | undefined }[];
}

function faultOf(branch: string | undefined): string | undefined {
  if (branch === undefined) return 'missing: no branch parameter';
  if (!sameText(branch.slice(0, COOKIE.length), COOKIE)) return `the branch does not begin with ${COOKIE}`;
  return branch.length === COOKIE.length ? `the branch is ${COOKIE} alone` : undefined;
}

/** RFC 2543 had requests without a tag; they are still answered. */
export const fromTag: Rule = {
  clause: 'RFC3261-8.1.1.3',
  severity: 'warning',
  ofSender: 'error',
  asks: 'From has a tag',
  find(view) {
    const value = view.get(from);
    if (value === undefined || tagOf(value) !== undefined) return [];
    return [{ range: view.rangeOf('From'), field: 'From', message: 'missing: no tag parameter' }];
  },
};

export const toTag: Rule = {
  clause: 'RFC3261-8.2.6.2',
  severity: 'warning',
  ofSender: 'error',
  asks: 'To of a response other than 100 has a tag',
  find(view) {
    const value = view.get(to);
    if (view.status === undefined || view.status === 100 || value === undefined) return [];
    if (tagOf(value) !== undefined) return [];
    return [{ range: view.rangeOf('To'), field: 'To', message: 'missing: no tag parameter' }];
  },
};

/* Fields as such: RFC 3261 7.3, 8.1.1, 25.1. */
import { asciiLower } from '../../core/text.ts';
import { type Found, type Rule, told } from '../finding.ts';
import type { FieldView, MessageView } from '../view.ts';
import { faultInParts, type PartJudge } from './parts.ts';

/** A line without name or colon, and a value that the codec of its header refuses. */
export const refusedField: Rule = {
  clause: 'RFC3261-7.3',
  severity: 'error',
  asks: 'every field is one by the grammar of its header',
  find(view) {
    const found: Found[] = [];
    for (const field of view.fields) {
      if (field.result.ok) continue;
      const { error } = field.result;
      const name = field.name === '' ? 'message' : field.name;
      // The error of a line that is no field counts from the line, not from a value.
      const at = field.name === '' ? field.range : view.rangeOfError(error, field);
      found.push({ range: at, field: name, message: told(error), clause: error.clause });
    }
    return found;
  },
};

const MANDATORY = ['Via', 'From', 'To', 'Call-ID', 'CSeq'] as const;

/** What every message has, request or response: without them it has no place in a transaction. */
export const mandatoryFields: Rule = {
  clause: 'RFC3261-8.1.1',
  severity: 'error',
  asks: 'Via, From, To, Call-ID and CSeq are there',
  find(view) {
    const absent = MANDATORY.filter((name) => view.named(name).length === 0);
    return absent.map((field) => ({ range: view.start.whole, field, message: `missing: the message has no ${field}` }));
  },
};

/** Mandatory for senders; a receiver lets it pass (16.3). */
export const maxForwardsThere: Rule = {
  clause: 'RFC3261-8.1.1.6',
  severity: 'warning',
  ofSender: 'error',
  asks: 'a request has Max-Forwards',
  find(view) {
    if (view.request === undefined || view.named('Max-Forwards').length > 0) return [];
    return [{ range: view.start.whole, field: 'Max-Forwards', message: 'missing: the request has no Max-Forwards' }];
  },
};

/** Fields that are no comma list and may stand more than once all the same (RFC 3261 20.7, 20.27, 20.28, 20.44). */
const REPEATED = ['Authorization', 'Proxy-Authorization', 'Proxy-Authenticate', 'WWW-Authenticate'];

/** A header without a grammar of its own may be a list, for all that is known, so it is not judged. */
export const singleFields: Rule = {
  clause: 'RFC3261-7.3.1',
  severity: 'error',
  asks: 'a header that is no comma list stands once',
  find(view) {
    const found: Found[] = [];
    const seen = new Map<string, FieldView>();
    for (const field of view.fields) {
      const { name, codec, range } = field;
      if (codec.name === '' || codec.list || REPEATED.includes(name)) continue;
      const first = seen.get(name);
      if (first === undefined) seen.set(name, field);
      else found.push({ range, field: name, message: `duplicate: ${name} stands again${agreement(first, field)}` });
    }
    return found;
  },
};

function agreement(first: FieldView, second: FieldView): string {
  if (!first.result.ok || !second.result.ok || typeof first.result.value !== 'number') return '';
  const a = first.result.value;
  const b = second.result.value;
  return a === b ? ', with the same value' : `, and the two differ: ${a} and ${b}`;
}

/** Parameters of a value: each name once, whatever its case. URIs see to their own (19.1.1). */
export const singleParams: Rule = {
  clause: 'RFC3261-7.3.1',
  severity: 'error',
  asks: 'a value has each parameter once',
  find: (view) =>
    eachPart(view, (_, params) => (params === undefined || params.length < 2 ? undefined : repeated(params))),
};

function repeated(params: readonly { readonly name: string }[]): string | undefined {
  const seen = new Set<string>();
  for (const { name } of params) {
    const size = seen.size;
    if (seen.add(asciiLower(name)).size === size) return `duplicate: the parameter ${name} stands twice`;
  }
  return undefined;
}

const DOTTED = /^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$/;

/** The grammar (1*3DIGIT) lets 256.1.1.1 through; no such address exists. */
export const ipv4Range: Rule = {
  clause: 'RFC3261-25.1',
  severity: 'error',
  asks: 'the numbers of an IPv4 address are at most 255',
  find(view) {
    const wrong = (host: string): boolean => DOTTED.test(host) && host.split('.').some((part) => Number(part) > 255);
    const say = (host: string): string => `range: ${host} is no IPv4 address`;
    const found = eachPart(view, (host) => (host !== undefined && wrong(host) ? say(host) : undefined));
    const uri = view.uri?.ok === true && 'host' in view.uri.value ? view.uri.value.host : '';
    return wrong(uri) ? [{ range: view.start.target, field: 'Request-URI', message: say(uri) }, ...found] : found;
  },
};

/** One finding a field: what is wrong with the first of its parts that has something wrong. */
function eachPart(view: MessageView, judge: PartJudge): readonly Found[] {
  const found: Found[] = [];
  for (const { name, range, result } of view.fields) {
    const message = result.ok ? faultInParts(result.value, judge) : undefined;
    if (message !== undefined) found.push({ range, field: name, message });
  }
  return found;
}

/* The start-line: RFC 3261 7.1, 8.1.1.1, 19.1.1. */
import { findParam } from '../../core/params.ts';
import { sameText } from '../../core/text.ts';
import { isSipUri } from '../../sip/uri.ts';
import { type Rule, told } from '../finding.ts';

/** A version that nobody speaks must stay answerable (505), so it decodes. */
export const sipVersion: Rule = {
  clause: 'RFC3261-7.1',
  severity: 'error',
  asks: 'the version is SIP/2.0',
  find({ message, start }) {
    const version = message.version ?? 'SIP/2.0';
    if (sameText(version, 'SIP/2.0')) return [];
    return [{ range: start.version, field: 'SIP-Version', message: `unsupported: ${version} is not SIP/2.0` }];
  },
};

/** Angle brackets, escapes and hosts that are none: the message decodes, so that it can be answered (400, 416). */
export const requestUri: Rule = {
  clause: 'RFC3261-8.1.1.1',
  severity: 'error',
  asks: 'the Request-URI is a URI',
  find({ uri, start }) {
    if (uri === undefined || uri.ok) return [];
    const { offset, clause } = uri.error;
    const [from, to] = start.target;
    const range = [Math.min(from + offset, to), to] as const;
    return [{ range, field: 'Request-URI', message: told(uri.error), clause }];
  },
};

/** Table 1: neither headers nor a method parameter. */
export const requestUriParts: Rule = {
  clause: 'RFC3261-19.1.1',
  severity: 'error',
  asks: 'the Request-URI has no headers and no method parameter',
  find({ uri, start }) {
    if (uri?.ok !== true || !isSipUri(uri.value)) return [];
    const { headers, params } = uri.value;
    const what =
      headers.length > 0 ? 'headers' : findParam(params, 'method') === undefined ? undefined : 'a method parameter';
    if (what === undefined) return [];
    return [{ range: start.target, field: 'Request-URI', message: `syntax: ${what} may not stand in a Request-URI` }];
  },
};

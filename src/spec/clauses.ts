/*
 * The clauses that code, tests and vectors cite, with the titles that their documents give them. A test sees to it
 * that this is all of them and none besides.
 */
import type { ClauseId } from '../core/error.ts';

export interface Clause {
  readonly id: ClauseId;
  readonly document: string;
  readonly section: string;
  readonly title: string;
}

/** By document and section. */
export const CLAUSES: readonly Clause[] = (
  [
    ['OMA-IM-8.1.1', 'Sending SIP MESSAGE for Pager Mode'],
    ['OMA-IM-F', 'Release version in User-agent and Server headers'],
    ['RFC2045-4', 'MIME-Version Header Field'],
    ['RFC3261-7', 'SIP Messages'],
    ['RFC3261-7.1', 'Requests'],
    ['RFC3261-7.2', 'Responses'],
    ['RFC3261-7.3', 'Header Fields'],
    ['RFC3261-7.3.1', 'Header Field Format'],
    ['RFC3261-8.1.1', 'Generating the Request'],
    ['RFC3261-8.1.1.1', 'Request-URI'],
    ['RFC3261-8.1.1.2', 'To'],
    ['RFC3261-8.1.1.3', 'From'],
    ['RFC3261-8.1.1.5', 'CSeq'],
    ['RFC3261-8.1.1.6', 'Max-Forwards'],
    ['RFC3261-8.1.1.7', 'Via'],
    ['RFC3261-8.1.1.8', 'Contact'],
    ['RFC3261-8.2.2.3', 'Require'],
    ['RFC3261-8.2.6.2', 'Headers and Tags'],
    ['RFC3261-18.3', 'Framing'],
    ['RFC3261-19.1.1', 'SIP and SIPS URI Components'],
    ['RFC3261-19.3', 'Tags'],
    ['RFC3261-20.1', 'Accept'],
    ['RFC3261-20.2', 'Accept-Encoding'],
    ['RFC3261-20.3', 'Accept-Language'],
    ['RFC3261-20.4', 'Alert-Info'],
    ['RFC3261-20.5', 'Allow'],
    ['RFC3261-20.8', 'Call-ID'],
    ['RFC3261-20.9', 'Call-Info'],
    ['RFC3261-20.10', 'Contact'],
    ['RFC3261-20.11', 'Content-Disposition'],
    ['RFC3261-20.12', 'Content-Encoding'],
    ['RFC3261-20.14', 'Content-Length'],
    ['RFC3261-20.15', 'Content-Type'],
    ['RFC3261-20.16', 'CSeq'],
    ['RFC3261-20.17', 'Date'],
    ['RFC3261-20.18', 'Error-Info'],
    ['RFC3261-20.19', 'Expires'],
    ['RFC3261-20.20', 'From'],
    ['RFC3261-20.21', 'In-Reply-To'],
    ['RFC3261-20.22', 'Max-Forwards'],
    ['RFC3261-20.23', 'Min-Expires'],
    ['RFC3261-20.25', 'Organization'],
    ['RFC3261-20.26', 'Priority'],
    ['RFC3261-20.29', 'Proxy-Require'],
    ['RFC3261-20.30', 'Record-Route'],
    ['RFC3261-20.31', 'Reply-To'],
    ['RFC3261-20.32', 'Require'],
    ['RFC3261-20.33', 'Retry-After'],
    ['RFC3261-20.34', 'Route'],
    ['RFC3261-20.35', 'Server'],
    ['RFC3261-20.36', 'Subject'],
    ['RFC3261-20.37', 'Supported'],
    ['RFC3261-20.38', 'Timestamp'],
    ['RFC3261-20.39', 'To'],
    ['RFC3261-20.40', 'Unsupported'],
    ['RFC3261-20.41', 'User-Agent'],
    ['RFC3261-20.42', 'Via'],
    ['RFC3261-20.43', 'Warning'],
    ['RFC3261-25.1', 'Basic Rules'],
    ['RFC3323-4.1', 'Constructing Private Messages'],
    ['RFC3323-4.1.1.3', 'URI Hostnames and IP Addresses'],
    ['RFC3323-4.2', 'Expressing Privacy Preferences'],
    ['RFC3325-9.1', 'The P-Asserted-Identity Header'],
    ['RFC3325-9.2', 'The P-Preferred-Identity Header'],
    ['RFC3325-9.3', 'The "id" Privacy Type'],
    ['RFC3326-2', 'The Reason Request Header Field'],
    ['RFC3327-4', 'Path Header Field Definition and Syntax'],
    ['RFC3329-2.2', 'Syntax'],
    ['RFC3428-4', 'UAC Processing'],
    ['RFC3428-8', 'Congestion Control'],
    ['RFC3515-2.1', 'The Refer-To Header Field'],
    ['RFC3608-5', 'Syntax'],
    ['RFC3840-9', 'Contact Header Field'],
    ['RFC3841-9.1', 'Request Disposition'],
    ['RFC3841-9.2', 'Accept-Contact and Reject-Contact Header Fields'],
    ['RFC3891-6.1', 'The Replaces Header'],
    ['RFC3892-3', 'The Referred-By Header Field'],
    ['RFC3966-3', 'URI Syntax'],
    ['RFC4028-4', 'Session-Expires Header Field Definition'],
    ['RFC4028-5', 'Min-SE Header Field Definition'],
    ['RFC4483-5', 'Application of RFC 2017 to the Content Indirection Problem'],
    ['RFC5322-3.6.4', 'Identification Fields'],
    ['RFC5954-4.1', 'Resolution for Extra Colon in IPv4-Mapped IPv6 Address'],
    ['RFC6050-4.1', 'The P-Asserted-Service Header'],
    ['RFC6050-4.2', 'The P-Preferred-Service Header'],
    ['RFC6050-4.4', 'Registration Template'],
    ['RFC6665-8.2.2', '"Allow-Events" Header Field'],
    ['RFC6665-8.4', 'Augmented BNF Definitions'],
    ['RFC7315-5.4', 'P-Access-Network-Info Header Syntax'],
  ] satisfies readonly (readonly [ClauseId, string])[]
).map(([id, title]) => clause(id, title));

function clause(id: ClauseId, title: string): Clause {
  const dash = id.lastIndexOf('-');
  return { id, document: id.slice(0, dash), section: id.slice(dash + 1), title };
}

/** The clause of the id; `undefined` where there is none. */
export function findClause(id: string): Clause | undefined {
  return CLAUSES.find((one) => one.id === id);
}

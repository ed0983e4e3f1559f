/*
 * What the parts of messages mean in OMA SIMPLE IM, in a few words, and the duties that a part may serve. Names of SIP
 * headers are long ones; attributes of SDP stand as `a=name`.
 */
export interface Meaning {
  readonly means: string;
  readonly duties: readonly string[];
}

type Row = readonly [name: string, means: string, duties?: string];

function table(rows: readonly Row[]): ReadonlyMap<string, Meaning> {
  return new Map(
    rows.map(([name, means, duties = '']) => [name, { means, duties: duties.split(' ').filter(Boolean) }]),
  );
}

export const SIP_MEANINGS: ReadonlyMap<string, Meaning> = table([
  ['Request-Line', 'what is asked of whom', 'PM-4 PM-5b PM-5c PM-7a PM-7b PM-8 LM-E2 LM-E3b LM-E3c LM-E4a LM-E4b'],
  ['Status-Line', 'the answer'],
  ['Via', 'the way that responses go back'],
  ['Max-Forwards', 'how many hops are still allowed'],
  ['From', 'who sends; the tag is its side of the dialog', 'LM-G0'],
  ['To', 'who is meant; the tag is the other side of the dialog'],
  ['Call-ID', 'which requests belong together'],
  ['CSeq', 'the number of the request among them, and its method'],
  ['Contact', 'where the session is reached, and what is supported there', 'LM-G4'],
  ['Accept-Contact', 'goes to clients that support instant messaging', 'PM-1 LM-G1'],
  ['User-Agent', 'the release of the enabler, and the client', 'PM-2 LM-G2'],
  ['Server', 'the release of the enabler, and the server'],
  ['Privacy', 'what the network hides of the sender', 'PM-3 LM-G5 PM-N1 LM-N1'],
  ['Supported', 'extensions that the sender knows', 'LM-G6'],
  ['Require', 'extensions that the receiver must know', 'PM-5a LM-E3a'],
  ['Session-Expires', 'how long the session lives without a refresh, and who refreshes', 'LM-G7'],
  ['Min-SE', 'the shortest session interval that is accepted'],
  ['Allow', 'methods that the sender supports', 'LM-G3'],
  ['Content-Type', 'what the body is', 'PM-9 LM-E3d'],
  ['Content-Length', 'octets of the body'],
  ['Content-Disposition', 'what the body is for'],
  ['P-Preferred-Identity', 'the identity that the core shall assert', 'PM-10-IMS'],
  ['P-Asserted-Identity', 'the identity that the core asserts'],
  ['P-Preferred-Service', 'the service that the core shall assert', 'PM-10-IMS'],
  ['P-Access-Network-Info', 'the access by which the client is connected', 'PM-10-IMS'],
  ['Route', 'the servers that the request passes', 'PM-10-IMS'],
  ['Record-Route', 'the servers that stay on the way of the dialog'],
  ['Security-Verify', 'the security agreement with the first hop', 'PM-10-IMS'],
  ['Proxy-Require', 'extensions that the servers on the way must know', 'PM-10-IMS'],
  ['Warning', 'why it was refused, in words'],
  ['Reason', 'why the session ends'],
]);

export const MSRP_MEANINGS: ReadonlyMap<string, Meaning> = table([
  ['To-Path', 'the way to the receiver, next hop first'],
  ['From-Path', 'the way back'],
  ['Message-ID', 'the message, which all of its chunks and reports name', 'DF-1'],
  ['Byte-Range', 'which octets of the message these are, and of how many', 'LM-A2'],
  ['Success-Report', 'whether its arrival shall be reported', 'LM-A3'],
  ['Failure-Report', 'whether failures shall be told'],
  ['Status', 'what became of the octets'],
  ['Content-Type', 'what the message is'],
]);

export const SDP_MEANINGS: ReadonlyMap<string, Meaning> = table([
  ['v', 'version of the description'],
  ['o', 'who made it, and which one it is'],
  ['s', 'name of the session'],
  ['c', 'address; MSRP connects to the path instead'],
  ['t', 'when the session is'],
  ['m', 'a medium: message over MSRP', 'LM-E5'],
  ['a=path', 'the MSRP URIs by which this side is reached', 'LM-E5'],
  ['a=accept-types', 'what this side accepts', 'LM-E5'],
  ['a=accept-wrapped-types', 'what it accepts inside a wrapper'],
  ['a=max-size', 'octets of the largest message that it accepts'],
  ['a=setup', 'who opens the connection'],
  ['a=sendonly', 'this side only sends: a large message', 'LM-E5a'],
  ['a=recvonly', 'this side only receives'],
  ['a=sendrecv', 'both sides send'],
  ['a=inactive', 'nobody sends'],
  ['a=filesize', 'octets that MSRP will carry, wrapper included', 'LM-E6'],
  ['a=file-selector', 'which file, and its octets without wrapper'],
  ['a=fingerprint', 'hash of the certificate for TLS'],
]);

export const CPIM_MEANINGS: ReadonlyMap<string, Meaning> = table([
  ['From', 'who wrote the message'],
  ['To', 'for whom it is'],
  ['cc', 'who gets a copy'],
  ['DateTime', 'when it was sent'],
  ['Subject', 'what it is about'],
  ['NS', 'a prefix for the names of an extension'],
  ['Require', 'headers that the receiver must know'],
  ['Message-ID', 'by which notifications name the message', 'PM-N2'],
  ['Disposition-Notification', 'what the sender wants to be told', 'PM-N2'],
  ['Original-To', 'whom it was sent to before a list or gateway changed that'],
  ['IMDN-Record-Route', 'who wants to see the notification on its way back'],
  ['IMDN-Route', 'by whom the notification goes'],
]);

export const TYPE_MEANINGS: ReadonlyMap<string, Meaning> = table([
  ['application/sdp', 'the session that is offered or answered', 'LM-E5'],
  ['message/cpim', 'the message with what is known about it'],
  ['message/imdn+xml', 'what became of a message'],
  ['application/resource-lists+xml', 'the recipients', 'PM-5a LM-E3a'],
  ['multipart/mixed', 'several bodies', 'LM-E3d'],
  ['message/external-body', 'where the content is stored', 'PM-9'],
  ['text/plain', 'the text'],
]);

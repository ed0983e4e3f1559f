/*
 * The duties of the client in OMA Instant Messaging using SIMPLE, as data: what code, tests, vectors, findings and
 * documentation name. Ids are stable: rows are added, never renumbered.
 */

export type DutyLevel = 'SHALL' | 'SHOULD' | 'MAY' | 'NOTE';

/**
 * What the library does for a duty. `build`: a composer puts it on the wire. `parse`: a codec reads it back. `check`:
 * the checker reports that it is missing or broken. `decide`: a pure decision. `reduce`: a pure step of a state
 * machine. `effect`: a value that tells the caller what to do.
 */
export const DUTY_PARTS = ['build', 'parse', 'check', 'decide', 'reduce', 'effect'] as const;

export type DutyPart = (typeof DUTY_PARTS)[number];

export interface Duty {
  readonly id: string;
  readonly level: DutyLevel;
  readonly document: 'OMA-IM';
  /** Section and step of the document. */
  readonly section: string;
  readonly summary: string;
  readonly owns: readonly DutyPart[];
  /** What is still missing, for each part that no code serves. */
  readonly open?: Readonly<Partial<Record<DutyPart, string>>>;
}

type Open = Readonly<Partial<Record<DutyPart, string>>>;

function duty(id: string, level: DutyLevel, section: string, owns: string, summary: string, open?: Open): Duty {
  const parts = owns.split(' ') as DutyPart[];
  const row = { id, level, document: 'OMA-IM', section, summary, owns: parts } as const;
  return open === undefined ? row : { ...row, open };
}

/** In the order of the document. */
export const DUTIES: readonly Duty[] = [
  duty('SEL-1', 'SHALL', '8.1', 'decide check', 'a message of less than 1300 octets goes in pager mode'),
  duty(
    'SEL-2',
    'SHALL',
    '8.1',
    'decide check',
    'a larger one goes in pager mode where the transport is known to be connection-oriented from end to end',
  ),
  duty('SEL-3', 'SHALL', '8.1', 'decide check', 'every other message goes in large message mode'),

  duty(
    'PM-0',
    'SHALL',
    '8.1.1',
    'build parse check',
    'the request is a MESSAGE: no Contact, no dialog, no more than the size allowed',
  ),
  duty('PM-1', 'SHALL', '8.1.1 step 1', 'build parse check', 'Accept-Contact asks for +g.oma.sip-im'),
  duty('PM-2', 'SHALL', '8.1.1 step 2', 'build parse check', 'User-Agent tells the IM release'),
  duty('PM-3', 'SHALL', '8.1.1 step 3', 'build parse check', 'Privacy has the value id where anonymity is asked for'),
  duty(
    'PM-N1',
    'NOTE',
    '8.1.1 note 1',
    'decide check',
    'a group that allows no anonymity refuses an anonymous message',
  ),
  duty('PM-4', 'SHALL', '8.1.1 step 4', 'build parse check', 'for one user, the Request-URI is that user'),
  duty('PM-5a', 'SHALL', '8.1.1 step 5a', 'build parse check', 'for several users, the body has a list of them'),
  duty(
    'PM-5b',
    'SHALL',
    '8.1.1 step 5b',
    'build check',
    'for several users, the Request-URI is the conference factory',
  ),
  duty(
    'PM-5c',
    'SHOULD',
    '8.1.1 step 5c',
    'build parse check',
    'for several users, the Request-URI has sessiontype=adhoc',
  ),
  duty('PM-7a', 'SHALL', '8.1.1 step 7a', 'build check', 'for a pre-defined group, the Request-URI is its identity'),
  duty(
    'PM-7b',
    'SHOULD',
    '8.1.1 step 7b',
    'build parse check',
    'for a pre-defined group, the Request-URI has sessiontype=pre-defined',
  ),
  duty(
    'PM-8',
    'SHALL',
    '8.1.1 step 8',
    'build check',
    'for a session that is no IM session, the Request-URI is its identity',
  ),
  duty('PM-9', 'SHOULD', '8.1.1 step 9', 'build parse check', 'a body that lies elsewhere is message/external-body'),
  duty('PM-10', 'SHALL', '8.1.1 step 10', 'effect', 'the request goes towards the IM server by the rules of the core'),
  duty(
    'PM-10-IMS',
    'SHALL',
    '8.1.1 step 10',
    'build parse check',
    'in an IMS core the request has the headers that such a core demands',
  ),
  duty(
    'PM-N2',
    'SHOULD',
    '8.1.1 note 2',
    'reduce',
    'on 202, the Message-ID is kept for the delivery report that was asked for',
  ),

  duty(
    'LM-0',
    'SHALL',
    '9',
    'decide reduce',
    'a larger message opens a session, is delivered, and the session is closed unasked',
  ),
  duty(
    'LM-G0',
    'SHALL',
    '9.1.1.1',
    'build parse check',
    'the session begins with an INVITE that RFC 3261 lets through',
  ),
  duty('LM-G1', 'SHALL', '9.1.1.1 step 1', 'build parse check', 'Accept-Contact asks for +g.oma.sip-im'),
  duty('LM-G2', 'SHALL', '9.1.1.1 step 2', 'build parse check', 'User-Agent tells the IM release'),
  duty('LM-G3', 'SHOULD', '9.1.1.1 step 3', 'build parse check', 'Allow names every method that is supported'),
  duty('LM-G4', 'SHALL', '9.1.1.1 step 4', 'build parse check', 'Contact announces +g.oma.sip-im'),
  duty(
    'LM-G5',
    'SHALL',
    '9.1.1.1 step 5',
    'build parse check',
    'Privacy has the value id where anonymity is asked for',
  ),
  duty(
    'LM-N1',
    'NOTE',
    '9.1.1.1 note 1',
    'decide check',
    'a group that allows no anonymity refuses an anonymous session',
  ),
  duty('LM-G6', 'SHALL', '9.1.1.1 step 6', 'build parse check', 'Supported has the option tag timer'),
  duty('LM-G7', 'SHOULD', '9.1.1.1 step 7', 'build parse check', 'Session-Expires has refresher=uac'),
  duty('LM-R1', 'SHALL', '9.1.1.1 response step 1', 'reduce', 'the methods that Allow of a response names are kept'),
  duty('LM-R2', 'SHALL', '9.1.1.1 response step 2', 'reduce', 'the session identity in Contact of a response is kept'),
  duty(
    'LM-R3',
    'SHALL',
    '9.1.1.1 response step 3',
    'reduce',
    'on 200, the session timer starts with the interval received',
  ),
  duty('LM-E1', 'SHALL', '9.1.1.2 step 1', 'build', 'the INVITE has what every initial request has'),
  duty('LM-E2', 'SHALL', '9.1.1.2 step 2', 'build check', 'for one user, the Request-URI is that user'),
  duty('LM-E3a', 'SHALL', '9.1.1.2 step 3a', 'build parse check', 'for several users, the body has a list of them'),
  duty(
    'LM-E3b',
    'SHALL',
    '9.1.1.2 step 3b',
    'build check',
    'for several users, the Request-URI is the conference factory',
  ),
  duty(
    'LM-E3c',
    'SHOULD',
    '9.1.1.2 step 3c',
    'build parse check',
    'for several users, the Request-URI has sessiontype=adhoc',
  ),
  duty('LM-E3d', 'SHALL', '9.1.1.2 step 3d', 'build parse check', 'for several users, the body is multipart/mixed'),
  duty('LM-E4a', 'SHALL', '9.1.1.2 step 4a', 'build check', 'for a pre-defined group, the Request-URI is its identity'),
  duty(
    'LM-E4b',
    'SHOULD',
    '9.1.1.2 step 4b',
    'build parse check',
    'for a pre-defined group, the Request-URI has sessiontype=pre-defined',
  ),
  duty('LM-E5', 'SHALL', '9.1.1.2 step 5', 'build parse check', 'the INVITE makes an offer in SDP'),
  duty('LM-E5a', 'SHALL', '9.1.1.2 step 5a', 'build parse check', 'the offer is sendonly'),
  duty('LM-E6', 'SHALL', '9.1.1.2 step 6', 'build parse check', 'the offer tells the size of the whole message'),
  duty('LM-E7', 'SHALL', '9.1.1.2 step 7', 'effect', 'the INVITE goes towards the IM server by the rules of the core'),
  duty('LM-A1', 'SHALL', '9.1.1.2 answer step 1', 'reduce', 'on 200, the Contact is kept'),
  duty(
    'LM-A2',
    'SHALL',
    '9.1.1.2 answer step 2',
    'reduce build parse',
    'on 200, the message is delivered by MSRP SEND',
  ),
  duty('LM-A2n', 'NOTE', '9.1.1.2 answer note', 'reduce', 'isfocus in that Contact: only the exploder has accepted'),
  duty('LM-A3', 'SHALL', '9.1.1.2 answer step 3', 'build reduce', 'the REPORT is asked for and followed'),
  duty('LM-REL', 'SHALL', '9.1.1.2', 'reduce', 'when the last SEND is acknowledged, the session is released'),
  duty(
    'DF-1',
    'SHOULD',
    '9.1.1.2 last note',
    'reduce',
    'on 200 with automata in Contact, the Message-ID is kept for the delivery report',
  ),
];

/** The duty of the id; `undefined` where there is none. */
export function findDuty(id: string): Duty | undefined {
  return DUTIES.find((one) => one.id === id);
}

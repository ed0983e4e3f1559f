/* The INVITEs of fixtures/messages that a 200 is beside: the dialog at both ends, its timer, its ACK and its BYE. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap } from '../../core/result.ts';
import { createDialog, matchesDialog } from '../../im/dialog/dialog.ts';
import { composeInDialog } from '../../im/dialog/requests.ts';
import { composeResponse } from '../../im/dialog/responses.ts';
import { type SipMessage, type SipRequest, type SipResponse, sipMessage } from '../../sip/message.ts';
import {
  expiry,
  nextRefresh,
  readSessionTimer,
  type SessionTimer,
  sessionTimerFrom2xx,
} from '../../sip/session-timer.ts';
import { printable } from '../style.ts';
import { inRows, type SectionMaker } from './section.ts';

const SESSIONS = [
  ['large-invite-one-user', 'large-200-one-user'],
  ['large-invite-one-user', 'large-200-automata'],
  ['large-invite-adhoc-list', 'large-200-isfocus'],
  ['rfc3261-24.2-f1-invite', 'rfc3261-24.2-f11-200'],
  ['rfc4028-12-m10-invite', 'rfc4028-12-m15-200'],
] as const;

const VIA = 'SIP/2.0/TLS 192.0.2.10;branch=z9hG4bK-start';

export const dialogs: SectionMaker = async ({ fixtures }) => {
  const rows: string[][] = [];
  const wrong: string[] = [];
  for (const [invite, answer] of SESSIONS) {
    try {
      rows.push([printable(answer), ...(await session(fixtures, invite, answer))]);
    } catch (error) {
      wrong.push(`${answer}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    title: 'Dialogs',
    summary: `${rows.length} of ${SESSIONS.length} opened at both ends, acknowledged and closed: octets, and the timer in seconds`,
    lines: inRows(rows),
    wrong,
  };
};

async function session(fixtures: string, inviteName: string, answerName: string): Promise<string[]> {
  const invite = (await read(fixtures, inviteName)) as SipRequest;
  const answer = (await read(fixtures, answerName)) as SipResponse;
  const caller = unwrap(createDialog('uac', invite, answer));
  const callee = unwrap(createDialog('uas', invite, answer));
  const ack = composeInDialog(caller, 'ACK', { via: VIA });
  const bye = composeInDialog(ack.dialog, 'BYE', { via: VIA });
  const received = unwrap(sipMessage.decode(sipMessage.encode(bye.request))) as SipRequest;
  if (!matchesDialog(callee, received)) throw new Error('the BYE does not belong to the dialog of the callee');
  const ended = composeResponse(received, 200);
  if (!matchesDialog(caller, ended)) throw new Error('the 200 does not belong to the dialog of the caller');
  const timer = sessionTimerFrom2xx(unwrap(readSessionTimer(invite)), unwrap(readSessionTimer(answer)));
  return [
    `ACK ${sipMessage.encode(ack.request).length}`,
    `BYE ${sipMessage.encode(bye.request).length}`,
    timer === undefined ? 'no timer' : shown(timer),
  ];
}

function shown(timer: SessionTimer): string {
  const refresh = nextRefresh(timer, 0);
  return `${refresh === undefined ? 'refreshed by the peer' : `refresh ${refresh / 1000}`}, end ${expiry(timer, 0) / 1000}`;
}

async function read(fixtures: string, name: string): Promise<SipMessage> {
  return unwrap(sipMessage.decode(new Uint8Array(await readFile(join(fixtures, 'messages', `${name}.sip`)))));
}

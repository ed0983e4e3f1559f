/* The messages of a session, their chunks, responses and reports: RFC 4975 7; change request 9.1.1.2, 9.1.1.3. */
import { byteRange } from '../../msrp/headers/byte-range.ts';
import { msrpMessageId } from '../../msrp/headers/message-id.ts';
import { failureReport, successReport } from '../../msrp/headers/reports.ts';
import { msrpStatus } from '../../msrp/headers/status.ts';
import { type Reassembly, reassemble, receivedChunk } from '../../msrp/reassemble.ts';
import { readMsrpMedia } from '../../sdp/msrp-media.ts';
import type { FrameView } from '../frame-view.ts';
import type { Range } from '../place.ts';
import type { FlowFound, FlowRule, FlowStep } from '../step.ts';

/** A message that one side sends in chunks. */
interface Sending {
  readonly from: FlowStep['from'];
  state: Reassembly | undefined;
  wantsReport: boolean;
  /** Whether all of it was reported to have arrived. */
  reported: boolean;
  index: number;
  range: Range;
}

/** Messages by sender and Message-ID, as far as they have come. */
class Sendings {
  readonly all: Map<string, Sending> = new Map();

  get(from: FlowStep['from'], id: string): Sending | undefined {
    return this.all.get(`${from} ${id}`);
  }

  /** Takes a SEND; answers the message, and what its chunk says that cannot be. */
  take({ frame, from, index }: FlowStep): readonly FlowFound[] {
    const request = frame?.request;
    const id = frame?.get(msrpMessageId);
    if (frame === undefined || request?.method !== 'SEND' || id === undefined || request.body === undefined) return [];
    const chunk = receivedChunk(request);
    if (!chunk.ok) return [];
    const key = `${from} ${id}`;
    const sending = this.all.get(key) ?? {
      from,
      state: undefined,
      wantsReport: false,
      reported: false,
      index,
      range: frame.start,
    };
    const { state, effects } = reassemble(sending.state, chunk.value);
    Object.assign(sending, { state, index, range: frame.start });
    sending.wantsReport ||= frame.get(successReport) === 'yes';
    this.all.set(key, sending);
    const place = { index, range: frame.rangeOf('Byte-Range'), field: 'Byte-Range' };
    return effects.flatMap((effect): readonly FlowFound[] => {
      if (effect.kind === 'total-changed') {
        return [{ ...place, message: `mismatch: ${effect.to} octets now, ${effect.from} were announced` }];
      }
      if (effect.kind === 'beyond-total') {
        return [{ ...place, message: `range: octet ${effect.end} of a message of ${effect.total}` }];
      }
      return [];
    });
  }
}

const OTHER = { originating: 'terminating', terminating: 'originating' } as const;

const wholeMessages: FlowRule = {
  clause: 'RFC4975-7.1.1',
  severity: 'error',
  asks: 'the chunks of a message fit together, and all of them are sent',
  begin() {
    const sendings = new Sendings();
    return {
      see: (step) => sendings.take(step),
      end() {
        const open = [...sendings.all.values()].filter(({ state }) => state?.state === 'incomplete');
        return open.map(({ index, range, state }) => {
          const there = state?.received.reduce((sum, { start, end }) => sum + end - start + 1, 0) ?? 0;
          const of = state?.total === undefined || state.total === '*' ? '' : ` of ${state.total}`;
          return { index, range, field: 'message', message: `missing: ${there}${of} octets were sent, and no end` };
        });
      },
    };
  },
};

/** What waits for a response, by sender and transaction. */
function isAnswered(frame: FrameView): boolean {
  return frame.request?.method === 'SEND' && frame.get(failureReport) !== 'no';
}

const responses: FlowRule = {
  clause: 'RFC4975-7.2',
  severity: 'error',
  asks: 'a response answers a request that wants one',
  begin() {
    const open = new Map<string, boolean>();
    return {
      see({ frame, from, index }) {
        if (frame === undefined) return [];
        const { transactionId } = frame.message;
        if (frame.request !== undefined) {
          open.set(`${from} ${transactionId}`, isAnswered(frame) || !['SEND', 'REPORT'].includes(frame.request.method));
          return [];
        }
        const wanted = open.get(`${OTHER[from]} ${transactionId}`);
        if (wanted === true) return [];
        const message = wanted === undefined ? `nobody sent ${transactionId}` : 'its request wants no response';
        return [{ index, range: frame.start, field: 'message', message }];
      },
    };
  },
};

const reports: FlowRule = {
  clause: 'RFC4975-7.1.2',
  severity: 'error',
  asks: 'a REPORT is about a message that the other side sent, its octets, and what was asked',
  begin() {
    const sendings = new Sendings();
    return {
      see(step) {
        sendings.take(step);
        const { frame, from, index } = step;
        const id = frame?.get(msrpMessageId);
        if (frame?.request?.method !== 'REPORT' || id === undefined) return [];
        const sending = sendings.get(OTHER[from], id);
        const at = { index, range: frame.rangeOf('Message-ID'), field: 'Message-ID' };
        if (sending === undefined) return [{ ...at, message: `nobody sent a message ${id}` }];
        const found: FlowFound[] = [];
        const success = frame.get(msrpStatus)?.status === 200;
        if (success && !sending.wantsReport) found.push({ ...at, message: 'no Success-Report asked for this' });
        const range = frame.get(byteRange);
        const sent = sending.state?.received.at(-1)?.end ?? 0;
        if (range !== undefined && range.end !== '*' && range.end > sent) {
          const message = `range: octet ${range.end} is reported, ${sent} were sent`;
          found.push({ index, range: frame.rangeOf('Byte-Range'), field: 'Byte-Range', message });
        }
        return found;
      },
    };
  },
};

const released: FlowRule = {
  duty: 'LM-REL',
  clause: 'OMA-IM-9.1.1.2',
  severity: 'error',
  asks: 'a large message session is ended when all of the message was sent, acknowledged and, where asked for, reported',
  begin() {
    const sendings = new Sendings();
    const open = new Set<string>();
    return {
      see(step) {
        const { view, frame, from, index } = step;
        sendings.take(step);
        if (frame !== undefined) {
          const key = frame.message.transactionId;
          if (frame.request === undefined) open.delete(`${OTHER[from]} ${key}`);
          else if (isAnswered(frame)) open.add(`${from} ${key}`);
          const id = frame.get(msrpMessageId);
          const about =
            frame.request?.method === 'REPORT' && id !== undefined ? sendings.get(OTHER[from], id) : undefined;
          if (about !== undefined) about.reported = true;
          return [];
        }
        if (view?.request?.method !== 'BYE') return [];
        const at = { index, range: view.start.whole, field: 'message' };
        const own = [...sendings.all.values()].filter((sending) => sending.from === from);
        const found: FlowFound[] = [];
        const waiting = [...open].filter((key) => key.startsWith(`${from} `)).length;
        if (waiting > 0) found.push({ ...at, message: `${waiting} SEND not acknowledged yet` });
        if (own.some(({ state }) => state?.state === 'incomplete')) {
          found.push({ ...at, message: 'the message is not sent to its end' });
        }
        if (own.some(({ wantsReport, reported }) => wantsReport && !reported)) {
          found.push({ ...at, message: 'the success report that was asked for has not come', severity: 'warning' });
        }
        return found;
      },
    };
  },
};

/** @duty LM-E6 (check) */
const announcedSize: FlowRule = {
  duty: 'LM-E6',
  clause: 'OMA-IM-9.1.1.2',
  severity: 'error',
  asks: 'the message has the size that the offer announced',
  begin() {
    const sendings = new Sendings();
    const sizes = new Map<FlowStep['from'], number>();
    return {
      see(step) {
        const { view, from, frame, index, bodies } = step;
        const offer = bodies.find((body) => body.kind === 'sdp');
        if (view?.request?.method === 'INVITE' && offer !== undefined) {
          const media = readMsrpMedia(offer.session);
          const size = media.ok ? media.value.fileSize : undefined;
          if (size !== undefined) sizes.set(from, size);
        }
        sendings.take(step);
        const id = frame?.get(msrpMessageId);
        const size = sizes.get(from);
        const state = id === undefined || frame?.request?.method !== 'SEND' ? undefined : sendings.get(from, id)?.state;
        if (frame === undefined || size === undefined || state?.state !== 'complete' || state.total === size) return [];
        const message = `mismatch: ${state.total} octets were sent, a=filesize:${size} announced`;
        return [{ index, range: frame.start, field: 'message', message }];
      },
    };
  },
};

export const CHUNK_FLOW: readonly FlowRule[] = [wholeMessages, responses, reports, released, announcedSize];

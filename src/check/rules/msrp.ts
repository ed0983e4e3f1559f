/* Requests and responses of MSRP: RFC 4975 7, 9. */
import { byteRange } from '../../msrp/headers/byte-range.ts';
import { type Found, type FrameRule, told } from '../finding.ts';
import { type FrameView, isMime } from '../frame-view.ts';

const refusedHeader: FrameRule = {
  clause: 'RFC4975-9',
  severity: 'error',
  asks: 'every header is one by its grammar, and stands once',
  find(view) {
    const found: Found[] = [];
    view.names.forEach((name, i) => {
      if (name === '') found.push({ range: view.rangeOfField(i), field: 'message', message: 'syntax in header' });
    });
    for (const [field, result] of view.read) {
      if (result.ok) continue;
      const { error } = result;
      const range = view.rangeOfField(error.field ?? view.names.indexOf(field));
      found.push({ range, field, message: told(error), clause: error.clause });
    }
    return found;
  },
};

const pathsFirst: FrameRule = {
  clause: 'RFC4975-9',
  severity: 'error',
  asks: 'To-Path is the first header, From-Path the second',
  find(view) {
    if (!view.has('From-Path')) {
      return [{ range: view.start, field: 'From-Path', message: 'missing: nothing says where this comes from' }];
    }
    const misplaced = ['To-Path', 'From-Path'].find((name, i) => view.names[i] !== name);
    if (misplaced === undefined) return [];
    const message = `${misplaced} does not stand where it must: To-Path first, From-Path behind it`;
    return [{ range: view.rangeOf(misplaced), field: misplaced, message }];
  },
};

const identified: FrameRule = {
  clause: 'RFC4975-7.1',
  severity: 'error',
  asks: 'a SEND and a REPORT have a Message-ID',
  find(view) {
    if (!(isA(view, 'SEND') || isA(view, 'REPORT')) || view.has('Message-ID')) return [];
    return [{ range: view.start, field: 'Message-ID', message: 'missing: nothing says of which message this is' }];
  },
};

const report: FrameRule = {
  clause: 'RFC4975-7.1.2',
  severity: 'error',
  asks: 'a REPORT has a Status and asks for no report',
  find(view) {
    if (!isA(view, 'REPORT')) return [];
    const found: Found[] = [];
    if (!view.has('Status')) {
      found.push({ range: view.start, field: 'Status', message: 'missing: the REPORT reports nothing' });
    }
    for (const field of ['Success-Report', 'Failure-Report']) {
      if (!view.has(field)) continue;
      found.push({
        range: view.rangeOf(field),
        field,
        message: `${field} stands in a REPORT, on which nobody reports`,
      });
    }
    return found;
  },
};

const described: FrameRule = {
  clause: 'RFC4975-7.1',
  severity: 'error',
  asks: 'a body has a Content-Type, which is the last header; without a body there is none',
  find(view) {
    const { request, names } = view;
    if (request === undefined) return [];
    const at = names.indexOf('Content-Type');
    if (request.body === undefined) {
      const mime = names.findIndex(isMime);
      if (mime < 0) return [];
      const field = names[mime] as string;
      return [{ range: view.rangeOfField(mime), field, message: `${field}, and no body that it is about` }];
    }
    const field = 'Content-Type';
    if (at < 0) return [{ range: view.start, field, message: 'missing: nothing says what the body is' }];
    if (at === names.length - 1) return [];
    return [{ range: view.rangeOfField(at), field, message: 'Content-Type is not the last header' }];
  },
};

const untransferred: FrameRule = {
  clause: 'RFC4975-7.1.1',
  severity: 'error',
  asks: 'a body has no transfer encoding',
  find(view) {
    const i = view.names.findIndex((name) => /^content-transfer-encoding$/i.test(name));
    if (i < 0) return [];
    const field = 'Content-Transfer-Encoding';
    return [{ range: view.rangeOfField(i), field, message: 'MSRP carries any octets, and no transfer encoding' }];
  },
};

/** RFC 4975 counts wrongly in its own example (11.1): a receiver counts for itself. */
const counted: FrameRule = {
  clause: 'RFC4975-7.1.1',
  severity: 'warning',
  asks: 'Byte-Range counts the octets of the body',
  find(view) {
    const range = view.get(byteRange);
    const octets = view.request?.body?.length;
    if (range === undefined || octets === undefined || !isA(view, 'SEND')) return [];
    const { start, end, total } = range;
    const last = start - 1 + octets;
    const isLast = view.request?.continuation === '$';
    const wrongEnd = end !== '*' && view.request?.continuation !== '#' && end !== last;
    const wrongTotal = total !== '*' && (isLast ? total !== last : total < last);
    if (!wrongEnd && !wrongTotal) return [];
    const message = `mismatch: ${octets} octets from ${start} on, and Byte-Range ${byteRange.format(range)}`;
    const at = { range: view.rangeOf('Byte-Range'), field: 'Byte-Range', message };
    if (octets === 0 || last > Number.MAX_SAFE_INTEGER) return [at];
    const right = byteRange.format({ start, end: last, total: isLast ? last : wrongTotal ? '*' : total });
    return [{ ...at, fix: `Byte-Range: ${right}` }];
  },
};

/** The first chunk should have one, all others must; which this is only its range could tell. */
const ranged: FrameRule = {
  clause: 'RFC4975-7.1.1',
  severity: 'warning',
  asks: 'a SEND that has only part of a message says which',
  find(view) {
    if (!isA(view, 'SEND') || view.has('Byte-Range')) return [];
    const { request } = view;
    if (request?.body === undefined || request.continuation !== '+') return [];
    return [
      { range: view.start, field: 'Byte-Range', message: 'missing: more follows, and no Byte-Range tells the part' },
    ];
  },
};

/** Larger chunks are held up by nothing where their end was not announced. */
const INTERRUPTIBLE = 2048;

const interruptible: FrameRule = {
  clause: 'RFC4975-7.1.1',
  severity: 'warning',
  asks: `a chunk of more than ${INTERRUPTIBLE} octets is interruptible: its range has no end`,
  find(view) {
    const range = view.get(byteRange);
    const octets = view.request?.body?.length ?? 0;
    if (!isA(view, 'SEND') || octets <= INTERRUPTIBLE || range === undefined || range.end === '*') return [];
    const message = `${octets} octets in a chunk that cannot be interrupted`;
    const fix = `Byte-Range: ${byteRange.format({ ...range, end: '*' })}`;
    return [{ range: view.rangeOf('Byte-Range'), field: 'Byte-Range', message, fix }];
  },
};

const LARGEST = 10_240;

const smallBody: FrameRule = {
  clause: 'RFC4975-7.1',
  severity: 'error',
  asks: `a request other than SEND has a body of at most ${LARGEST} octets`,
  find(view) {
    const octets = view.request?.body?.length ?? 0;
    if (octets <= LARGEST || isA(view, 'SEND')) return [];
    return [{ range: view.start, field: 'message', message: `${octets} octets in a request that is no SEND` }];
  },
};

const wholeResponse: FrameRule = {
  clause: 'RFC4975-7.2',
  severity: 'error',
  asks: 'a response ends with $',
  find(view) {
    const { message, request, place } = view;
    if (request !== undefined || message.continuation === '$') return [];
    const { length } = place.octets;
    const range = place.range(length - 3, length - 2);
    return [{ range, field: 'message', message: `a response that ends with ${message.continuation}`, fix: '$' }];
  },
};

function isA({ request }: FrameView, method: string): boolean {
  return request?.method === method;
}

export const FRAME_RULES: readonly FrameRule[] = [
  ...[refusedHeader, pathsFirst, identified, report, described, untransferred],
  ...[counted, ranged, interruptible, smallBody, wholeResponse],
];

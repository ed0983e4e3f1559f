/*
 * What can be asked of each artefact.
 */
import { check, passes } from '../../check/check.ts';
import {
  type AnyCodec,
  type Composer,
  codecOf,
  codecs,
  composerOf,
  composers,
  composeWhole,
  isBytesCodec,
} from '../../codecs.ts';
import { EncodeError } from '../../core/error.ts';
import { toUtf8 } from '../../core/octets.ts';
import { frameSip } from '../../sip/frame.ts';
import { sipMessage } from '../../sip/message.ts';
import { canonicalName } from '../../sip/names.ts';
import { readComposerInput } from '../composer-input.ts';
import { fromJson, toBase64, WrongValue } from '../json.ts';
import { type Answer, invalid, refusedValue } from './answer.ts';
import { decodeOctets } from './octets.ts';
import { type Request, readOctets, readOptions, readText, Unsupported } from './request.ts';
import { decodeMessage, messageFrom } from './sip-message.ts';
import { decodeText } from './text.ts';

/** The operations of each artefact, all but `list`. */
export function operationsOf(artefact: string): readonly string[] {
  if (composerOf(artefact) !== undefined) return ['compose'];
  return artefact === 'sip-message' ? ['decode', 'encode', 'check'] : ['decode', 'encode'];
}

/** Answers one request. What the caller did wrong is an answer too; only our own faults are exceptions. */
export function answer(request: Request): Answer {
  try {
    return perform(request);
  } catch (error) {
    if (error instanceof Unsupported || error instanceof WrongValue) {
      return { outcome: 'unsupported', reason: error.message };
    }
    throw error;
  }
}

function perform(request: Request): Answer {
  const { op, artefact } = request;
  if (op === 'list') return { outcome: 'valid', artefacts: artefacts() };
  if (typeof op !== 'string') throw new Unsupported('op is no text');
  if (typeof artefact !== 'string') throw new Unsupported('artefact is no text');
  const name = longName(artefact);
  const composer = composerOf(name);
  const codec = codecOf(name);
  if (composer === undefined && codec === undefined) throw new Unsupported(`no artefact ${JSON.stringify(artefact)}`);
  if (!operationsOf(name).includes(op)) throw new Unsupported(`no operation ${JSON.stringify(op)} of ${artefact}`);
  if (composer !== undefined) return fromCaller(name, () => compose(composer, request));
  if (op === 'check') return checkMessage(request);
  if (op === 'decode') return decode(name, codec as AnyCodec, request);
  return fromCaller(name, () => encode(name, codec as AnyCodec, request));
}

/** What is wrong in a value is the caller's; in decoding, the same exceptions would be faults of ours. */
function fromCaller(name: string, make: () => Answer): Answer {
  try {
    return make();
  } catch (error) {
    if (error instanceof EncodeError) return refusedValue(error);
    // Codecs and composers take values of their own type; another type is found out where it is used.
    if (error instanceof TypeError) throw new WrongValue(`the value is none of ${name}: ${error.message}`);
    throw error;
  }
}

function artefacts(): readonly object[] {
  const names = [...Object.keys(codecs), ...Object.keys(composers)];
  return names.map((name) => ({ name, operations: operationsOf(name) }));
}

const HEADER = 'header/';

/** A header may be asked for in any case, and by its compact form. */
function longName(artefact: string): string {
  return artefact.startsWith(HEADER) ? HEADER + canonicalName(artefact.slice(HEADER.length)) : artefact;
}

function decode(name: string, codec: AnyCodec, request: Request): Answer {
  const options = readOptions(request);
  if (name === 'sip-message') return decodeMessage(readOctets(request), options);
  if (isBytesCodec(codec)) return decodeOctets(codec, readOctets(request), options);
  return decodeText(codec, readText(request), name.startsWith(HEADER), options);
}

function encode(name: string, codec: AnyCodec, { value }: Request): Answer {
  if (value === undefined) throw new WrongValue('no value is given');
  const given = fromJson(value);
  if (name === 'sip-message') return { outcome: 'valid', octets: toBase64(sipMessage.encode(messageFrom(given))) };
  if ('list' in codec && codec.list === true && !Array.isArray(given))
    throw new WrongValue(`the value of ${name} is no list`);
  const octets = isBytesCodec(codec) ? codec.encode(given) : toUtf8(codec.format(given));
  return { outcome: 'valid', octets: toBase64(octets) };
}

function compose(composer: Composer, { input }: Request): Answer {
  const { input: given } = readComposerInput(fromJson(input));
  const { octets, duties } = composeWhole(composer, given);
  return { outcome: 'valid', octets: toBase64(octets), duties };
}

function checkMessage(request: Request): Answer {
  const { profile = 'sip', role } = request;
  if (profile !== 'sip' && profile !== 'oma-im') throw new Unsupported('profile is "sip" or "oma-im"');
  if (role !== undefined && role !== 'originating' && role !== 'terminating' && role !== 'server') {
    throw new Unsupported('role is "originating", "terminating" or "server"');
  }
  const octets = readOctets(request);
  const options = readOptions(request);
  if (options.framing === 'stream') {
    const frame = frameSip(octets, options);
    if (frame.kind === 'incomplete') return { outcome: 'incomplete', needed: frame.needed };
  }
  const report = check(octets, { ...options, profile, role });
  const answered = { findings: report.findings, served: profile === 'oma-im' ? report.served : undefined };
  if (passes(report)) return { outcome: 'valid', ...answered };
  const decoded = sipMessage.decode(octets, options);
  return decoded.ok ? { outcome: 'invalid', ...answered } : { ...invalid(decoded.error), ...answered };
}

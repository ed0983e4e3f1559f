/*
 * The rule that each text codec is held against, and the differences that are meant. A difference is excused only where
 * its row in `grammars/index.json` explains it, which is looked for in the text itself.
 */
import type { Codec } from '../core/codec.ts';
import type { ParseError } from '../core/error.ts';
import { asciiLower } from '../core/text.ts';
import { releaseVersion } from '../im/release-version.ts';
import { mediaType } from '../mime/media-type.ts';
import { grammar, recognise } from './abnf/index.ts';
import { BODY_CODECS, BODY_ROWS } from './body-rows.ts';
import { IMDN_CODECS, IMDN_ROWS } from './imdn-rows.ts';
import { MSRP_CODECS, MSRP_ROWS } from './msrp-rows.ts';
import { SDP_CODECS, SDP_ROWS } from './sdp-rows.ts';

/** When a row of the differences explains a verdict. */
export interface Excuse {
  /** The row's id. */
  readonly id: string;
  /** `error` is the codec's refusal; absent where the codec takes what the rule does not. */
  readonly explains: (text: string, error: ParseError | undefined) => boolean;
}

/** A codec, by its name in `codecs` or in {@link OTHER_CODECS}, and its rule. */
export interface AgreementRow {
  readonly artefact: string;
  readonly document: string;
  readonly rule: string;
  readonly excuses: readonly Excuse[];
  /** Whether blanks at the ends belong to the text. */
  readonly asItStands?: boolean;
  /** Texts to compare besides those of its vectors. */
  readonly texts?: readonly string[];
}

/** Text codecs that have no artefact of their own. */
export const OTHER_CODECS: Readonly<Record<string, Codec<unknown>>> = {
  'release-version': releaseVersion as Codec<unknown>,
  'media-type': mediaType as Codec<unknown>,
  ...BODY_CODECS,
  ...IMDN_CODECS,
  ...MSRP_CODECS,
  ...SDP_CODECS,
};

/** Codecs that no rule can be held against, and why. */
export const WITHOUT_RULE: Readonly<Record<string, string>> = {
  'header/Path': 'the text of RFC 3327 is not among the grammars; its codec is that of Service-Route, which has a rule',
};

/** What stands at the refusal, behind `left`, is a number greater than `max`. */
function above(id: string, max: bigint, left = /^/): Excuse {
  return {
    id,
    explains(text, error) {
      if (error?.code !== 'range' || !left.test(text.slice(0, error.offset))) return false;
      const digits = /^[0-9]+/.exec(text.slice(error.offset));
      return digits !== null && BigInt(digits[0]) > max;
    },
  };
}

const DELTA_SECONDS = above('delta-seconds', 2n ** 32n - 1n);
const EXACT = above('exact-number', 2n ** 53n - 1n);
const PORT = above('port', 65_535n, /:[ \t]*$/);

/** The URI up to the refusal, from the bracket that it stands in or from the start of the text. */
function uriBefore(text: string, { offset }: ParseError): string {
  return text.slice(text.lastIndexOf('<', offset) + 1, offset);
}

function repeats(id: string, scheme: RegExp): Excuse {
  return {
    id,
    explains(text, error) {
      if (error?.code !== 'duplicate') return false;
      const before = uriBefore(text, error);
      const name = /^[^=;?>]+/.exec(text.slice(error.offset))?.[0];
      const names = before.split(';').map((part) => asciiLower(part.replace(/[=?].*/s, '')));
      return scheme.test(before) && name !== undefined && names.includes(asciiLower(name));
    },
  };
}

/** All that holds wherever a URI may stand. */
const URI: readonly Excuse[] = [
  PORT,
  repeats('uri-parameter-twice', /(?:^|[ \t,])sips?:/i),
  repeats('tel-parameter-twice', /(?:^|[ \t,])tel:/i),
  {
    id: 'tel-isub',
    explains: (text, error) => error !== undefined && /tel:[^<>]*;isub=[^<>]*$/i.test(uriBefore(text, error)),
  },
  {
    id: 'tel-own-rule',
    explains: (text, error) =>
      error !== undefined && /tel:[^<>]*;(?:isub|phone-context)(?:=[^;]*)?$/i.test(uriBefore(text, error)),
  },
  {
    id: 'uri-token',
    explains: (text, error) =>
      error !== undefined &&
      /^(?:`|%(?![0-9a-f]{2}))/i.test(text.slice(error.offset)) &&
      /;(?:transport|user|method)=[^;?]*$/i.test(uriBefore(text, error)),
  },
];

const QUOTED_OR_BRACKETED = /"(?:[^"\\]|\\.)*"|<[^>]*>/gs;

/** The values of the parameters of a name, without blanks: a quoted one as a quote, one that is empty or absent as ''. */
function paramsNamed(text: string, name: string): readonly string[] {
  const bare = text.replace(QUOTED_OR_BRACKETED, (part) => (part === '""' || part.startsWith('<') ? '' : '"'));
  const [, ...params] = bare.split(';').map((part) => part.split('=').map((word) => word.replace(/[ \t]/g, '')));
  return params.filter(([word]) => asciiLower(word as string) === name).map(([, value]) => value ?? '');
}

function twice(id: string, name: string): Excuse {
  return { id, explains: (text, error) => error?.code === 'duplicate' && paramsNamed(text, name).length > 1 };
}

const TAGS: readonly Excuse[] = [
  twice('tag-twice', 'tag'),
  { id: 'tag-empty', explains: (text, error) => error !== undefined && paramsNamed(text, 'tag').includes('') },
];

/** Exactly one parameter, which has a token for its value. */
function isOneToken(values: readonly string[]): boolean {
  return values.length === 1 && /^[^"[]/.test(values[0] as string);
}

const REPLACES: Excuse = {
  id: 'replaces-tags',
  explains: (text, error) =>
    error !== undefined &&
    !['to-tag', 'from-tag'].every((name) => isOneToken(paramsNamed(text.replace(/^[^;]*/, ''), name))),
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE_PARTS = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;

/** Whether the host's calendar gives the parts back that it is given. */
function isMoment(text: string): boolean {
  const [, day, month, ...rest] = DATE_PARTS.exec(text) ?? [];
  const [year, hour, minute, second] = rest.map(Number) as [number, number, number, number];
  const moment = new Date(0);
  moment.setUTCFullYear(year, MONTHS.indexOf(month as string), Number(day));
  moment.setUTCHours(hour, minute, second);
  const [hours, minutes, seconds] = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()];
  return moment.getUTCDate() === Number(day) && hours === hour && minutes === minute && seconds === second;
}

const DATE: readonly Excuse[] = [
  { id: 'date-case', explains: (text, error) => error?.code === 'syntax' && !DATE_PARTS.test(text) },
  { id: 'date-range', explains: (text, error) => error?.code === 'range' && !isMoment(text) },
];

const COMMENTS: Excuse = {
  id: 'content-id-comments',
  explains: (text, error) => error !== undefined && !/^<[^>]*>$/.test(text),
};

const PRODUCTS = grammar('RFC3261');
const RELEASE: readonly Excuse[] = [
  {
    id: 'release-enabler',
    explains: (text, error) =>
      error === undefined &&
      recognise(PRODUCTS, 'User-Agent:value', text).outcome === 'match' &&
      /[^ \t/()][ \t]*\/[ \t]*OMA\d+\.\d+/i.test(text),
  },
  { id: 'release-number', explains: (text, error) => error?.code === 'missing' && /OMA(?:\d+\.)?\d{10}/i.test(text) },
];

function row(artefact: string, document: string, rule: string, ...excuses: readonly Excuse[]): AgreementRow {
  return { artefact, document, rule, excuses };
}

/** A header of RFC 3261, whose rule has the header's name. */
function header(name: string, ...excuses: readonly Excuse[]): AgreementRow {
  return headerOf('RFC3261', name, ...excuses);
}

function headerOf(document: string, name: string, ...excuses: readonly Excuse[]): AgreementRow {
  return row(`header/${name}`, document, `${name}:value`, ...excuses);
}

/** One row a codec. */
export const AGREEMENT_ROWS: readonly AgreementRow[] = [
  row('sip-uri', 'OMA-IM', 'addr-spec', ...URI),
  row('media-type', 'RFC3261', 'media-type'),
  row('release-version', 'OMA-IM', 'im-products', ...RELEASE),
  header('Accept'),
  headerOf('RFC3841', 'Accept-Contact'),
  header('Accept-Encoding'),
  header('Accept-Language'),
  header('Alert-Info', ...URI),
  headerOf('RFC3428', 'Allow'),
  headerOf('RFC6665', 'Allow-Events'),
  header('Call-ID'),
  header('Call-Info', ...URI),
  headerOf('RFC3840', 'Contact', ...URI),
  header('Content-Disposition'),
  header('Content-Encoding'),
  row('header/Content-ID', 'RFC5322', 'msg-id', COMMENTS),
  header('Content-Length', EXACT),
  header('Content-Type'),
  header('CSeq', above('cseq-number', 2n ** 31n - 1n)),
  header('Date', ...DATE),
  header('Error-Info', ...URI),
  headerOf('RFC6665', 'Event'),
  header('Expires', DELTA_SECONDS),
  header('From', ...URI, ...TAGS),
  header('In-Reply-To'),
  header('Max-Forwards', above('max-forwards', 255n)),
  header('MIME-Version', EXACT),
  header('Min-Expires', DELTA_SECONDS),
  headerOf('RFC4028', 'Min-SE', DELTA_SECONDS),
  header('Organization'),
  headerOf('RFC7315', 'P-Access-Network-Info'),
  row('header/P-Asserted-Identity', 'RFC3325', 'PAssertedID:value', ...URI),
  row('header/P-Asserted-Service', 'RFC6050', 'PAssertedService:value'),
  row('header/P-Preferred-Identity', 'RFC3325', 'PPreferredID:value', ...URI),
  row('header/P-Preferred-Service', 'RFC6050', 'PPreferredService:value'),
  header('Priority'),
  row('header/Privacy', 'RFC3325', 'Privacy-hdr:value'),
  header('Proxy-Require'),
  headerOf('RFC3326', 'Reason'),
  header('Record-Route', ...URI),
  headerOf('RFC3515', 'Refer-To', ...URI),
  headerOf('RFC3892', 'Referred-By', ...URI),
  headerOf('RFC3841', 'Reject-Contact'),
  headerOf('RFC3891', 'Replaces', REPLACES),
  header('Reply-To', ...URI),
  headerOf('RFC3841', 'Request-Disposition'),
  header('Require'),
  header('Retry-After', DELTA_SECONDS),
  header('Route', ...URI),
  headerOf('RFC3329', 'Security-Client'),
  headerOf('RFC3329', 'Security-Server'),
  headerOf('RFC3329', 'Security-Verify'),
  header('Server'),
  headerOf('RFC3608', 'Service-Route', ...URI),
  headerOf('RFC4028', 'Session-Expires', DELTA_SECONDS, twice('refresher-twice', 'refresher')),
  header('Subject'),
  headerOf('RFC6665', 'Subscription-State'),
  header('Supported'),
  header('Timestamp'),
  header('To', ...URI, ...TAGS),
  header('Unsupported'),
  header('User-Agent'),
  header('Via', PORT),
  header('Warning', PORT),
  ...BODY_ROWS,
  ...IMDN_ROWS,
  ...MSRP_ROWS,
  ...SDP_ROWS,
];

// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument, Difference } from '../grammar.ts';
import { omaIm } from './oma-im.ts';
import { rfc2017 } from './rfc2017.ts';
import { rfc2045 } from './rfc2045.ts';
import { rfc2046 } from './rfc2046.ts';
import { rfc2183 } from './rfc2183.ts';
import { rfc2392 } from './rfc2392.ts';
import { rfc3261 } from './rfc3261.ts';
import { rfc3323 } from './rfc3323.ts';
import { rfc3325 } from './rfc3325.ts';
import { rfc3326 } from './rfc3326.ts';
import { rfc3329 } from './rfc3329.ts';
import { rfc3339 } from './rfc3339.ts';
import { rfc3428 } from './rfc3428.ts';
import { rfc3515 } from './rfc3515.ts';
import { rfc3608 } from './rfc3608.ts';
import { rfc3629 } from './rfc3629.ts';
import { rfc3840 } from './rfc3840.ts';
import { rfc3841 } from './rfc3841.ts';
import { rfc3862 } from './rfc3862.ts';
import { rfc3891 } from './rfc3891.ts';
import { rfc3892 } from './rfc3892.ts';
import { rfc3966 } from './rfc3966.ts';
import { rfc3986 } from './rfc3986.ts';
import { rfc4028 } from './rfc4028.ts';
import { rfc4145 } from './rfc4145.ts';
import { rfc4566 } from './rfc4566.ts';
import { rfc4572 } from './rfc4572.ts';
import { rfc4975 } from './rfc4975.ts';
import { rfc5234 } from './rfc5234.ts';
import { rfc5322 } from './rfc5322.ts';
import { rfc5438 } from './rfc5438.ts';
import { rfc5547 } from './rfc5547.ts';
import { rfc6050 } from './rfc6050.ts';
import { rfc6665 } from './rfc6665.ts';
import { rfc7315 } from './rfc7315.ts';
import { rfc7701 } from './rfc7701.ts';

export const documents: readonly CompiledDocument[] = [
  rfc5234,
  rfc3629,
  rfc3986,
  rfc3966,
  rfc5322,
  rfc2045,
  rfc2046,
  rfc2183,
  rfc2017,
  rfc2392,
  rfc3261,
  rfc3323,
  rfc3325,
  rfc3326,
  rfc3329,
  rfc3428,
  rfc3515,
  rfc3608,
  rfc3840,
  rfc3841,
  rfc3891,
  rfc3892,
  rfc4028,
  rfc6050,
  rfc6665,
  rfc7315,
  rfc3339,
  rfc3862,
  rfc5438,
  rfc4975,
  rfc7701,
  rfc4566,
  rfc4145,
  rfc4572,
  rfc5547,
  omaIm,
];

export const differences: readonly Difference[] = [
  {"id":"port","artefact":"sip-uri, header/Via, header/Warning, and headers with a URI","document":"RFC3261","rule":"port","codec":"stricter","reason":"the rule says digits; a port has 16 bits, so it ends at 65535","clause":"RFC3261-25.1"},
  {"id":"delta-seconds","artefact":"header/Expires, header/Min-Expires, header/Retry-After, header/Min-SE, header/Session-Expires","document":"RFC3261","rule":"delta-seconds","codec":"stricter","reason":"the rule says digits; Expires ends at 2**32-1, and no other header has a use for more seconds","clause":"RFC3261-20.19"},
  {"id":"max-forwards","artefact":"header/Max-Forwards","document":"RFC3261","rule":"Max-Forwards:value","codec":"stricter","reason":"the rule says digits; the text, 0 to 255","clause":"RFC3261-20.22"},
  {"id":"cseq-number","artefact":"header/CSeq","document":"RFC3261","rule":"CSeq:value","codec":"stricter","reason":"the rule says digits; the text, less than 2**31","clause":"RFC3261-8.1.1.5"},
  {"id":"exact-number","artefact":"header/Content-Length, header/MIME-Version","document":"RFC3261","rule":"Content-Length:value","codec":"stricter","reason":"the rule says digits; above 2**53-1 a number would silently be another one, and no body is that long","clause":"RFC3261-20.14"},
  {"id":"uri-parameter-twice","artefact":"sip-uri, and headers with a URI","document":"RFC3261","rule":"uri-parameters","codec":"stricter","reason":"the rule repeats parameters freely; the text lets each name stand once","clause":"RFC3261-19.1.1"},
  {"id":"tel-parameter-twice","artefact":"sip-uri, and headers with a URI","document":"RFC3966","rule":"par","codec":"stricter","reason":"the rules repeat parameters freely; the text lets each name stand once","clause":"RFC3966-3"},
  {"id":"tel-isub","artefact":"sip-uri, and headers with a URI","document":"RFC3966","rule":"isdn-subaddress","codec":"stricter","reason":"uric has a semicolon, so the subaddress would take all parameters behind it; it ends at the next semicolon","clause":"RFC3966-3"},
  {"id":"tel-own-rule","artefact":"sip-uri, and headers with a URI","document":"RFC3966","rule":"parameter","codec":"stricter","reason":"a phone-context or isub that its own rule refuses passes as any parameter; it says nothing that a receiver could act on","clause":"RFC3966-3"},
  {"id":"uri-token","artefact":"sip-uri, and headers with a URI","document":"RFC3261","rule":"uri-parameter","codec":"stricter","reason":"transport, user and method are tokens, which may hold a grave accent and a percent sign that begins no escape; section 19.1.2 lets neither stand in a URI unescaped","clause":"RFC3261-19.1.2"},
  {"id":"tag-twice","artefact":"header/From, header/To","document":"RFC3261","rule":"generic-param","codec":"stricter","reason":"a second tag passes as any parameter; a dialog has one tag a side","clause":"RFC3261-19.3"},
  {"id":"tag-empty","artefact":"header/From, header/To","document":"RFC3261","rule":"generic-param","codec":"stricter","reason":"a tag without a value, or with an empty quoted string, passes as any parameter; it names no dialog","clause":"RFC3261-19.3"},
  {"id":"refresher-twice","artefact":"header/Session-Expires","document":"RFC4028","rule":"se-params","codec":"stricter","reason":"the rule repeats parameters freely; two refreshers contradict each other","clause":"RFC4028-4"},
  {"id":"replaces-tags","artefact":"header/Replaces","document":"RFC3891","rule":"replaces-param","codec":"stricter","reason":"the rule makes the tags optional; the text wants exactly one to-tag and one from-tag","clause":"RFC3891-6.1"},
  {"id":"date-case","artefact":"header/Date","document":"RFC3261","rule":"rfc1123-date","codec":"stricter","reason":"the names are literals without case; the text says that such a date is case-sensitive","clause":"RFC3261-20.17"},
  {"id":"date-range","artefact":"header/Date","document":"RFC3261","rule":"rfc1123-date","codec":"stricter","reason":"the rule says digits; a comment in it bounds the time, and a month has 28 to 31 days","clause":"RFC3261-20.17"},
  {"id":"content-id-comments","artefact":"header/Content-ID","document":"RFC5322","rule":"msg-id","codec":"stricter","reason":"CFWS is mail's; in SIP a header has comments only where its rule names them","clause":"RFC3261-25.1"},
  {"id":"release-enabler","artefact":"release-version","document":"OMA-IM","rule":"im-products","codec":"more tolerant","reason":"the release of another OMA enabler is read like that of IM: its form is the same, and the caller is told whose it is","clause":"OMA-IM-F"},
  {"id":"release-number","artefact":"release-version","document":"OMA-IM","rule":"oma-release","codec":"stricter","reason":"the rule says digits; of more than nine no release can be compared exactly","clause":"OMA-IM-F"},
  {"id":"cpim-lone-surrogate","artefact":"cpim/From, cpim/To, cpim/cc, cpim/Subject, imdn/Disposition-Notification, imdn/Original-To, imdn/IMDN-Record-Route, imdn/IMDN-Route","document":"RFC3862","rule":"Escape","codec":"stricter","reason":"the rule takes any four digits; half a surrogate pair is no character, and no text could hold it","clause":"RFC3862-2.3.1"},
  {"id":"cpim-other-escape","artefact":"cpim/From, cpim/To, cpim/cc, cpim/Subject, imdn/Disposition-Notification, imdn/Original-To, imdn/IMDN-Record-Route, imdn/IMDN-Route","document":"RFC3862","rule":"Escape","codec":"more tolerant","reason":"the rule lists the escapes; the text has any other character behind a backslash stand for itself, and a last backslash for nothing","clause":"RFC3862-2.3.1"},
  {"id":"cpim-second-blank","artefact":"cpim/Subject","document":"RFC3862","rule":"Subject-header","codec":"stricter","reason":"HEADERCHAR has the blank; the text wants exactly one behind the colon","clause":"RFC3862-2.2"},
  {"id":"cpim-date-range","artefact":"cpim/DateTime","document":"RFC3339","rule":"date-time","codec":"stricter","reason":"the rule says digits; its comments bound them, and a month has 28 to 31 days","clause":"RFC3339-5.7"},
  {"id":"mime-date-comment","artefact":"mime-date","document":"RFC5322","rule":"date-time","codec":"stricter","reason":"CFWS is mail's; a parameter of a media type has no comments","clause":"RFC4483-5.7"},
  {"id":"mime-date-zone","artefact":"mime-date","document":"RFC5322","rule":"zone","codec":"stricter","reason":"the rule takes any zone; an expiration is given in GMT","clause":"RFC4483-5.7"},
  {"id":"mime-date-range","artefact":"mime-date","document":"RFC5322","rule":"date-time","codec":"stricter","reason":"the rule says digits; the text bounds them","clause":"RFC5322-3.3"},
  {"id":"mime-date-year","artefact":"mime-date","document":"RFC5322","rule":"year","codec":"stricter","reason":"the rule takes any number of digits; no host has a calendar behind the year 9999 to compare with","clause":"RFC5322-3.3"},
  {"id":"mime-date-words","artefact":"mime-date","document":"RFC5322","rule":"date-time","codec":"more tolerant","reason":"the rule has neither months that are spelt out nor the name of the zone; the examples of content indirection have both","clause":"RFC4483-5.7"},
  {"id":"uri-brackets","artefact":"cpim/From, cpim/To, cpim/cc, cpim/NS, imdn/Original-To, imdn/IMDN-Record-Route, imdn/IMDN-Route","document":"RFC3862","rule":"URI","codec":"more tolerant","reason":"the rule has brackets in the authority alone, where a SIP URI has none; RFC 2732 lets them stand anywhere, and without them no SIP URI has an IPv6 address","clause":"RFC3986-4.3"},
  {"id":"msrp-port","artefact":"msrp-uri, msrp/To-Path, msrp/From-Path, sdp/path","document":"RFC4975","rule":"MSRP-URI","codec":"stricter","reason":"the rule says digits; a port has 16 bits, so it ends at 65535","clause":"RFC3986-3.2"},
  {"id":"msrp-empty","artefact":"msrp-uri, msrp/To-Path, msrp/From-Path, sdp/path","document":"RFC4975","rule":"MSRP-URI","codec":"stricter","reason":"the rule lets a host and a port be empty; a URI that is resolved needs both, or no colon","clause":"RFC3986-3.2"},
  {"id":"msrp-host","artefact":"msrp-uri, msrp/To-Path, msrp/From-Path, sdp/path","document":"RFC4975","rule":"MSRP-URI","codec":"stricter","reason":"the rule lets a host name hold semicolons, behind which nothing tells the transport; here the first one ends it","clause":"RFC4975-9"},
  {"id":"msrp-ip-future","artefact":"msrp-uri, msrp/To-Path, msrp/From-Path, sdp/path","document":"RFC4975","rule":"MSRP-URI","codec":"stricter","reason":"no version of IP behind the sixth is defined","clause":"RFC3986-3.2"},
  {"id":"msrp-range","artefact":"msrp/Byte-Range","document":"RFC4975","rule":"Byte-Range:value","codec":"stricter","reason":"the rule takes any three numbers; the text counts octets from 1, and no range ends before it begins or behind the total","clause":"RFC4975-7.1.1"},
  {"id":"sdp-number","artefact":"sdp/b, sdp/t, sdp/m, sdp/max-size, sdp/filesize, sdp/file-selector, sdp/file-range","document":"RFC4566","rule":"integer","codec":"stricter","reason":"the rule says digits; above 2**53-1 a number would silently be another one","clause":"RFC4566-9"},
  {"id":"sdp-port","artefact":"sdp/m","document":"RFC4566","rule":"media-field","codec":"stricter","reason":"the rule says digits; a port has 16 bits, so it ends at 65535","clause":"RFC4566-5.14"},
  {"id":"sdp-selector-twice","artefact":"sdp/file-selector, sdp/file-date","document":"RFC5547","rule":"file-selector-attr","codec":"stricter","reason":"the rule repeats any of them; there is one name, size and type of a file, and the text has each date once","clause":"RFC5547-6"},
  {"id":"sdp-escape","artefact":"sdp/file-selector, sdp/file-icon","document":"RFC5547","rule":"percent-encoded","codec":"stricter","reason":"the rule takes any octet; names are UTF-8","clause":"RFC5547-6"},
  {"id":"sdp-date-range","artefact":"sdp/file-date","document":"RFC5547","rule":"file-date-attr","codec":"stricter","reason":"the rule takes any two digits, any year and zone; a date is one that the calendar has, from 1900 to 9999, without leap seconds","clause":"RFC5322-3.3"},
  {"id":"sdp-date-comment","artefact":"sdp/file-date","document":"RFC5547","rule":"file-date-attr","codec":"stricter","reason":"the rule takes mail's comments behind a date; inside an attribute nobody writes them","clause":"RFC5322-3.3"},
  {"id":"sdp-quoted-pair","artefact":"sdp/accept-types, sdp/accept-wrapped-types","document":"RFC4975","rule":"accept-types","codec":"more tolerant","reason":"the rule has a backslash before a backslash and a quote alone; one before another character is read as in SIP","clause":"RFC4975-9"},
];

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
  rfc4566,
  rfc4145,
  rfc4572,
  rfc5547,
  omaIm,
];

export const differences: readonly Difference[] = [
  {"id":"range","artefact":"sip-uri, header/*","document":"RFC3261","rule":"port","codec":"stricter","reason":"a number is held to the range that the text gives it (port, delta-seconds, CSeq, Max-Forwards, ttl); the rules say digits","clause":"RFC3261-20"},
  {"id":"duplicate","artefact":"sip-uri, header/*","document":"RFC3261","rule":"generic-param","codec":"stricter","reason":"a parameter may stand once; the rules repeat it freely","clause":"RFC3261-7.3.1"},
  {"id":"tel-isub","artefact":"sip-uri","document":"RFC3966","rule":"isdn-subaddress","codec":"stricter","reason":"uric has a semicolon, so the subaddress would take all parameters behind it; it ends at the next semicolon","clause":"RFC3966-3"},
  {"id":"uri-token","artefact":"sip-uri","document":"RFC3261","rule":"uri-parameter","codec":"stricter","reason":"transport, user and method are tokens, which may hold a grave accent and a percent sign that begins no escape; section 19.1.2 lets neither stand in a URI unescaped","clause":"RFC3261-19.1.2"},
];

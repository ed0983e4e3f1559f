// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc7701: CompiledDocument = {
  document: "RFC7701",
  section: "7.1",
  imports: ["RFC4975","RFC5234"],
  extends: {"other-method":"RFC4975 other-method","ext-header":"RFC4975 ext-header"},
  replaces: {},
  rules: {
    "other-method": "NICKNAMEm",
    "NICKNAMEm": ["octets",78,73,67,75,78,65,77,69],
    "ext-header": "Use-Nickname",
    "Use-Nickname": ["seq",["text","Use-Nickname:"],"RFC5234 SP","nickname"],
    "Use-Nickname:value": "nickname",
    "nickname": ["seq","RFC5234 DQUOTE",["rep",1,1023,["any","RFC4975 qdtext","RFC4975 qd-esc"]],"RFC5234 DQUOTE"],
  },
};

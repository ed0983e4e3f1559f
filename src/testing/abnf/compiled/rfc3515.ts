// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3515: CompiledDocument = {
  document: "RFC3515",
  section: "2.1",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Refer-To": ["seq",["any",["text","Refer-To"],["text","r"]],"RFC3261 HCOLON",["any","RFC3261 name-addr","RFC3261 bare-addr-spec"],["rep",0,null,["seq","RFC3261 SEMI","RFC3261 generic-param"]]],
    "Refer-To:value": ["seq",["any","RFC3261 name-addr","RFC3261 bare-addr-spec"],["rep",0,null,["seq","RFC3261 SEMI","RFC3261 generic-param"]]],
  },
};

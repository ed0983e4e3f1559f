// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3608: CompiledDocument = {
  document: "RFC3608",
  section: "5",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Service-Route": ["seq",["text","Service-Route"],"RFC3261 HCOLON","sr-value",["rep",0,null,["seq","RFC3261 COMMA","sr-value"]]],
    "Service-Route:value": ["seq","sr-value",["rep",0,null,["seq","RFC3261 COMMA","sr-value"]]],
    "sr-value": ["seq","RFC3261 name-addr",["rep",0,null,["seq","RFC3261 SEMI","RFC3261 rr-param"]]],
  },
};

// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc4028: CompiledDocument = {
  document: "RFC4028",
  section: "4 and 5",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Session-Expires": ["seq",["any",["text","Session-Expires"],["text","x"]],"RFC3261 HCOLON","RFC3261 delta-seconds",["rep",0,null,["seq","RFC3261 SEMI","se-params"]]],
    "Session-Expires:value": ["seq","RFC3261 delta-seconds",["rep",0,null,["seq","RFC3261 SEMI","se-params"]]],
    "se-params": ["any","refresher-param","RFC3261 generic-param"],
    "refresher-param": ["seq",["text","refresher"],"RFC3261 EQUAL",["any",["text","uas"],["text","uac"]]],
    "Min-SE": ["seq",["text","Min-SE"],"RFC3261 HCOLON","RFC3261 delta-seconds",["rep",0,null,["seq","RFC3261 SEMI","RFC3261 generic-param"]]],
    "Min-SE:value": ["seq","RFC3261 delta-seconds",["rep",0,null,["seq","RFC3261 SEMI","RFC3261 generic-param"]]],
  },
};

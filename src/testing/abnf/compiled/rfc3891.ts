// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3891: CompiledDocument = {
  document: "RFC3891",
  section: "6.1",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Replaces": ["seq",["text","Replaces"],"RFC3261 HCOLON","RFC3261 callid",["rep",0,null,["seq","RFC3261 SEMI","replaces-param"]]],
    "Replaces:value": ["seq","RFC3261 callid",["rep",0,null,["seq","RFC3261 SEMI","replaces-param"]]],
    "replaces-param": ["any","to-tag","from-tag","early-flag","RFC3261 generic-param"],
    "to-tag": ["seq",["text","to-tag"],"RFC3261 EQUAL","RFC3261 token"],
    "from-tag": ["seq",["text","from-tag"],"RFC3261 EQUAL","RFC3261 token"],
    "early-flag": ["text","early-only"],
  },
};

// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3326: CompiledDocument = {
  document: "RFC3326",
  section: "2",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Reason": ["seq",["text","Reason"],"RFC3261 HCOLON","reason-value",["rep",0,null,["seq","RFC3261 COMMA","reason-value"]]],
    "Reason:value": ["seq","reason-value",["rep",0,null,["seq","RFC3261 COMMA","reason-value"]]],
    "reason-value": ["seq","protocol",["rep",0,null,["seq","RFC3261 SEMI","reason-params"]]],
    "protocol": ["any",["text","SIP"],["text","Q.850"],"RFC3261 token"],
    "reason-params": ["any","protocol-cause","reason-text","reason-extension"],
    "protocol-cause": ["seq",["text","cause"],"RFC3261 EQUAL","cause"],
    "cause": ["rep",1,null,"RFC5234 DIGIT"],
    "reason-text": ["seq",["text","text"],"RFC3261 EQUAL","RFC3261 quoted-string"],
    "reason-extension": "RFC3261 generic-param",
  },
};

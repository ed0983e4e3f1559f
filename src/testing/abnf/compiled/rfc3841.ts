// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3841: CompiledDocument = {
  document: "RFC3841",
  section: "10",
  imports: ["RFC3261","RFC3840","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Request-Disposition": ["seq",["any",["text","Request-Disposition"],["text","d"]],"RFC3261 HCOLON","directive",["rep",0,null,["seq","RFC3261 COMMA","directive"]]],
    "Request-Disposition:value": ["seq","directive",["rep",0,null,["seq","RFC3261 COMMA","directive"]]],
    "directive": ["any","proxy-directive","cancel-directive","fork-directive","recurse-directive","parallel-directive","queue-directive"],
    "proxy-directive": ["any",["text","proxy"],["text","redirect"]],
    "cancel-directive": ["any",["text","cancel"],["text","no-cancel"]],
    "fork-directive": ["any",["text","fork"],["text","no-fork"]],
    "recurse-directive": ["any",["text","recurse"],["text","no-recurse"]],
    "parallel-directive": ["any",["text","parallel"],["text","sequential"]],
    "queue-directive": ["any",["text","queue"],["text","no-queue"]],
    "Accept-Contact": ["seq",["any",["text","Accept-Contact"],["text","a"]],"RFC3261 HCOLON","ac-value",["rep",0,null,["seq","RFC3261 COMMA","ac-value"]]],
    "Accept-Contact:value": ["seq","ac-value",["rep",0,null,["seq","RFC3261 COMMA","ac-value"]]],
    "Reject-Contact": ["seq",["any",["text","Reject-Contact"],["text","j"]],"RFC3261 HCOLON","rc-value",["rep",0,null,["seq","RFC3261 COMMA","rc-value"]]],
    "Reject-Contact:value": ["seq","rc-value",["rep",0,null,["seq","RFC3261 COMMA","rc-value"]]],
    "ac-value": ["seq",["text","*"],["rep",0,null,["seq","RFC3261 SEMI","ac-params"]]],
    "rc-value": ["seq",["text","*"],["rep",0,null,["seq","RFC3261 SEMI","rc-params"]]],
    "ac-params": ["any","RFC3840 feature-param","req-param","explicit-param","RFC3261 generic-param"],
    "rc-params": ["any","RFC3840 feature-param","RFC3261 generic-param"],
    "req-param": ["text","require"],
    "explicit-param": ["text","explicit"],
  },
};

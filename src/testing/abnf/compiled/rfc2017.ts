// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc2017: CompiledDocument = {
  document: "RFC2017",
  section: "3.1",
  imports: ["RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "URL-parameter": ["seq","RFC5234 DQUOTE","URL-word",["rep",0,null,["seq",["rep",0,null,"RFC5234 WSP"],"URL-word"]],"RFC5234 DQUOTE"],
    "URL-word": ["rep",1,40,["any",["octets",33],["range",35,91],["range",93,126]]],
  },
};

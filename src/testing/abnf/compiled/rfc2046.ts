// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc2046: CompiledDocument = {
  document: "RFC2046",
  section: "5.1.1",
  imports: ["RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "boundary": ["seq",["rep",0,69,"bchars"],"bcharsnospace"],
    "bchars": ["any","bcharsnospace",["text"," "]],
    "bcharsnospace": ["any","RFC5234 DIGIT","RFC5234 ALPHA",["text","'"],["text","("],["text",")"],["text","+"],["text","_"],["text",","],["text","-"],["text","."],["text","/"],["text",":"],["text","="],["text","?"]],
  },
};

// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3629: CompiledDocument = {
  document: "RFC3629",
  section: "4",
  imports: ["RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "UTF8-octets": ["rep",0,null,"UTF8-char"],
    "UTF8-char": ["any","UTF8-1","UTF8-2","UTF8-3","UTF8-4"],
    "UTF8-1": ["range",0,127],
    "UTF8-2": ["seq",["range",194,223],"UTF8-tail"],
    "UTF8-3": ["any",["seq",["octets",224],["range",160,191],"UTF8-tail"],["seq",["range",225,236],["rep",2,2,"UTF8-tail"]],["seq",["octets",237],["range",128,159],"UTF8-tail"],["seq",["range",238,239],["rep",2,2,"UTF8-tail"]]],
    "UTF8-4": ["any",["seq",["octets",240],["range",144,191],["rep",2,2,"UTF8-tail"]],["seq",["range",241,243],["rep",3,3,"UTF8-tail"]],["seq",["octets",244],["range",128,143],["rep",2,2,"UTF8-tail"]]],
    "UTF8-tail": ["range",128,191],
  },
};

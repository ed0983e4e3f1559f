// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc5234: CompiledDocument = {
  document: "RFC5234",
  section: "B.1",
  imports: [],
  extends: {},
  replaces: {},
  rules: {
    "ALPHA": ["any",["range",65,90],["range",97,122]],
    "BIT": ["any",["text","0"],["text","1"]],
    "CHAR": ["range",1,127],
    "CR": ["octets",13],
    "CRLF": ["seq","CR","LF"],
    "CTL": ["any",["range",0,31],["octets",127]],
    "DIGIT": ["range",48,57],
    "DQUOTE": ["octets",34],
    "HEXDIG": ["any","DIGIT",["text","A"],["text","B"],["text","C"],["text","D"],["text","E"],["text","F"]],
    "HTAB": ["octets",9],
    "LF": ["octets",10],
    "LWSP": ["rep",0,null,["any","WSP",["seq","CRLF","WSP"]]],
    "OCTET": ["range",0,255],
    "SP": ["octets",32],
    "VCHAR": ["range",33,126],
    "WSP": ["any","SP","HTAB"],
  },
};

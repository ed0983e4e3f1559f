// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc2045: CompiledDocument = {
  document: "RFC2045",
  section: "5.1 and 6.1",
  imports: ["RFC5322","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "content": ["seq",["text","Content-Type"],["text",":"],["rep",0,null,"RFC5234 WSP"],"type",["text","/"],"subtype",["rep",0,null,["seq",["rep",0,null,"RFC5234 WSP"],["text",";"],["rep",0,null,"RFC5234 WSP"],"parameter"]]],
    "content:value": ["seq",["rep",0,null,"RFC5234 WSP"],"type",["text","/"],"subtype",["rep",0,null,["seq",["rep",0,null,"RFC5234 WSP"],["text",";"],["rep",0,null,"RFC5234 WSP"],"parameter"]]],
    "type": ["any","discrete-type","composite-type"],
    "discrete-type": ["any",["text","text"],["text","image"],["text","audio"],["text","video"],["text","application"],"extension-token"],
    "composite-type": ["any",["text","message"],["text","multipart"],"extension-token"],
    "extension-token": ["any","ietf-token","x-token"],
    "ietf-token": "token",
    "x-token": ["seq",["text","x-"],"token"],
    "subtype": ["any","extension-token","iana-token"],
    "iana-token": "token",
    "parameter": ["seq","attribute",["text","="],"value"],
    "attribute": "token",
    "value": ["any","token","RFC5322 quoted-string"],
    "token": ["rep",1,null,["any",["octets",33],["range",35,39],["range",42,43],["range",45,46],["range",48,57],["range",65,90],["range",94,126]]],
    "tspecials": ["any",["text","("],["text",")"],["text","<"],["text",">"],["text","@"],["text",","],["text",";"],["text",":"],["text","\\"],"RFC5234 DQUOTE",["text","/"],["text","["],["text","]"],["text","?"],["text","="]],
    "encoding": ["seq",["text","Content-Transfer-Encoding"],["text",":"],"mechanism"],
    "encoding:value": "mechanism",
    "mechanism": ["any",["text","7bit"],["text","8bit"],["text","binary"],["text","quoted-printable"],["text","base64"],"ietf-token","x-token"],
  },
};

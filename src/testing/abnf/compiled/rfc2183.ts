// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc2183: CompiledDocument = {
  document: "RFC2183",
  section: "2",
  imports: ["RFC2045","RFC5322","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "disposition": ["seq",["text","Content-Disposition"],["text",":"],["rep",0,null,"RFC5234 WSP"],"disposition-type",["rep",0,null,["seq",["rep",0,null,"RFC5234 WSP"],["text",";"],["rep",0,null,"RFC5234 WSP"],"disposition-parm"]]],
    "disposition:value": ["seq",["rep",0,null,"RFC5234 WSP"],"disposition-type",["rep",0,null,["seq",["rep",0,null,"RFC5234 WSP"],["text",";"],["rep",0,null,"RFC5234 WSP"],"disposition-parm"]]],
    "disposition-type": ["any",["text","inline"],["text","attachment"],"RFC2045 extension-token"],
    "disposition-parm": ["any","filename-parm","creation-date-parm","modification-date-parm","read-date-parm","size-parm","RFC2045 parameter"],
    "filename-parm": ["seq",["text","filename"],["text","="],"RFC2045 value"],
    "creation-date-parm": ["seq",["text","creation-date"],["text","="],"quoted-date-time"],
    "modification-date-parm": ["seq",["text","modification-date"],["text","="],"quoted-date-time"],
    "read-date-parm": ["seq",["text","read-date"],["text","="],"quoted-date-time"],
    "size-parm": ["seq",["text","size"],["text","="],["rep",1,null,"RFC5234 DIGIT"]],
    "quoted-date-time": "RFC5322 quoted-string",
  },
};

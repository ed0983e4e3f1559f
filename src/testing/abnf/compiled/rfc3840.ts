// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3840: CompiledDocument = {
  document: "RFC3840",
  section: "9",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {"contact-params":"RFC3261 contact-params"},
  rules: {
    "feature-param": ["seq","enc-feature-tag",["rep",0,1,["seq","RFC3261 EQUAL","RFC3261 LDQUOT",["any","tag-value-list","string-value"],"RFC3261 RDQUOT"]]],
    "enc-feature-tag": ["any","base-tags","other-tags"],
    "base-tags": ["any",["text","audio"],["text","automata"],["text","class"],["text","duplex"],["text","data"],["text","control"],["text","mobility"],["text","description"],["text","events"],["text","priority"],["text","methods"],["text","schemes"],["text","application"],["text","video"],["text","language"],["text","type"],["text","isfocus"],["text","actor"],["text","text"],["text","extensions"]],
    "other-tags": ["seq",["text","+"],"ftag-name"],
    "ftag-name": ["seq","RFC5234 ALPHA",["rep",0,null,["any","RFC5234 ALPHA","RFC5234 DIGIT",["text","!"],["text","'"],["text","."],["text","-"],["text","%"]]]],
    "tag-value-list": ["seq","tag-value",["rep",0,null,["seq",["text",","],"tag-value"]]],
    "tag-value": ["seq",["rep",0,1,["text","!"]],["any","token-nobang","boolean","numeric"]],
    "token-nobang": ["rep",1,null,["any","RFC3261 alphanum",["text","-"],["text","."],["text","%"],["text","*"],["text","_"],["text","+"],["text","`"],["text","'"],["text","~"]]],
    "boolean": ["any",["text","TRUE"],["text","FALSE"]],
    "numeric": ["seq",["text","#"],"numeric-relation","number"],
    "numeric-relation": ["any",["text",">="],["text","<="],["text","="],["seq","number",["text",":"]]],
    "number": ["seq",["rep",0,1,["any",["text","+"],["text","-"]]],["rep",1,null,"RFC5234 DIGIT"],["rep",0,1,["seq",["text","."],["rep",0,null,"RFC5234 DIGIT"]]]],
    "string-value": ["seq",["text","<"],["rep",0,null,["any","qdtext-no-abkt","RFC3261 quoted-pair"]],["text",">"]],
    "qdtext-no-abkt": ["any","RFC3261 LWS",["octets",33],["range",35,59],["octets",61],["range",63,91],["range",93,126],"RFC3261 UTF8-NONASCII"],
    "contact-params": ["any","RFC3261 c-p-q","RFC3261 c-p-expires","feature-param","RFC3261 contact-extension"],
  },
};

// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc4572: CompiledDocument = {
  document: "RFC4572",
  section: "5",
  imports: ["RFC4566","RFC5234"],
  extends: {"attribute":"RFC4566 attribute"},
  replaces: {},
  rules: {
    "attribute": "fingerprint-attribute",
    "fingerprint-attribute": ["seq",["text","fingerprint"],["text",":"],"hash-func","RFC5234 SP","fingerprint"],
    "fingerprint-attribute:value": ["seq","hash-func","RFC5234 SP","fingerprint"],
    "hash-func": ["any",["text","sha-1"],["text","sha-224"],["text","sha-256"],["text","sha-384"],["text","sha-512"],["text","md5"],["text","md2"],"RFC4566 token"],
    "fingerprint": ["seq",["rep",2,2,"UHEX"],["rep",0,null,["seq",["text",":"],["rep",2,2,"UHEX"]]]],
    "UHEX": ["any","RFC5234 DIGIT",["range",65,70]],
  },
};

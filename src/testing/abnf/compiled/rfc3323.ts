// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3323: CompiledDocument = {
  document: "RFC3323",
  section: "4.2",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Privacy-hdr": ["seq",["text","Privacy"],"RFC3261 HCOLON","priv-value",["rep",0,null,["seq",["text",";"],"priv-value"]]],
    "Privacy-hdr:value": ["seq","priv-value",["rep",0,null,["seq",["text",";"],"priv-value"]]],
    "priv-value": ["any",["text","header"],["text","session"],["text","user"],["text","none"],["text","critical"],"RFC3261 token"],
  },
};

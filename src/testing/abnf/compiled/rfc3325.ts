// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3325: CompiledDocument = {
  document: "RFC3325",
  section: "9.1, 9.2 and 9.3",
  imports: ["RFC3261","RFC3323","RFC5234"],
  extends: {"priv-value":"RFC3323 priv-value"},
  replaces: {},
  rules: {
    "PAssertedID": ["seq",["text","P-Asserted-Identity"],"RFC3261 HCOLON","PAssertedID-value",["rep",0,null,["seq","RFC3261 COMMA","PAssertedID-value"]]],
    "PAssertedID:value": ["seq","PAssertedID-value",["rep",0,null,["seq","RFC3261 COMMA","PAssertedID-value"]]],
    "PAssertedID-value": ["any","RFC3261 name-addr","RFC3261 bare-addr-spec"],
    "PPreferredID": ["seq",["text","P-Preferred-Identity"],"RFC3261 HCOLON","PPreferredID-value",["rep",0,null,["seq","RFC3261 COMMA","PPreferredID-value"]]],
    "PPreferredID:value": ["seq","PPreferredID-value",["rep",0,null,["seq","RFC3261 COMMA","PPreferredID-value"]]],
    "PPreferredID-value": ["any","RFC3261 name-addr","RFC3261 bare-addr-spec"],
    "priv-value": ["text","id"],
  },
};

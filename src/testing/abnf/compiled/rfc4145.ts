// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc4145: CompiledDocument = {
  document: "RFC4145",
  section: "4 and 5",
  imports: ["RFC4566","RFC5234"],
  extends: {"attribute":"RFC4566 attribute"},
  replaces: {},
  rules: {
    "setup-attr": ["seq",["text","a=setup:"],"role"],
    "role": ["any",["text","active"],["text","passive"],["text","actpass"],["text","holdconn"]],
    "connection-attr": ["seq",["text","a=connection:"],"conn-value"],
    "conn-value": ["any",["text","new"],["text","existing"]],
    "attribute": ["any",["seq",["text","setup:"],"role"],["seq",["text","connection:"],"conn-value"]],
  },
};

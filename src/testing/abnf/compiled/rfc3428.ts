// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3428: CompiledDocument = {
  document: "RFC3428",
  section: "9",
  imports: ["RFC3261","RFC5234"],
  extends: {"Method":"RFC3261 Method"},
  replaces: {},
  rules: {
    "MESSAGEm": ["octets",77,69,83,83,65,71,69],
    "Method": "MESSAGEm",
  },
};

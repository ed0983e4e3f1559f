// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc2392: CompiledDocument = {
  document: "RFC2392",
  section: "2",
  imports: ["RFC3986","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "content-id": "url-addr-spec",
    "message-id": "url-addr-spec",
    "url-addr-spec": ["seq",["rep",1,null,"RFC3986 pchar"],["text","@"],["rep",1,null,"RFC3986 pchar"]],
    "cid-url": ["seq",["text","cid"],["text",":"],"content-id"],
    "cid-url:value": "content-id",
    "mid-url": ["seq",["text","mid"],["text",":"],"message-id",["rep",0,1,["seq",["text","/"],"content-id"]]],
    "mid-url:value": ["seq","message-id",["rep",0,1,["seq",["text","/"],"content-id"]]],
  },
};

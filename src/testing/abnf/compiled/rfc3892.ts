// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3892: CompiledDocument = {
  document: "RFC3892",
  section: "3",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Referred-By": ["seq",["any",["text","Referred-By"],["text","b"]],"RFC3261 HCOLON","referrer-uri",["rep",0,null,["seq","RFC3261 SEMI",["any","referredby-id-param","RFC3261 generic-param"]]]],
    "Referred-By:value": ["seq","referrer-uri",["rep",0,null,["seq","RFC3261 SEMI",["any","referredby-id-param","RFC3261 generic-param"]]]],
    "referrer-uri": ["any","RFC3261 name-addr","RFC3261 bare-addr-spec"],
    "referredby-id-param": ["seq",["text","cid"],"RFC3261 EQUAL","sip-clean-msg-id"],
    "sip-clean-msg-id": ["seq","RFC3261 LDQUOT","dot-atom",["text","@"],["any","dot-atom","RFC3261 host"],"RFC3261 RDQUOT"],
    "dot-atom": ["seq","atom",["rep",0,null,["seq",["text","."],"atom"]]],
    "atom": ["rep",1,null,["any","RFC3261 alphanum",["text","-"],["text","!"],["text","%"],["text","*"],["text","_"],["text","+"],["text","'"],["text","`"],["text","~"]]],
  },
};

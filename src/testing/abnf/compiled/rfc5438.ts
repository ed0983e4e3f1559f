// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc5438: CompiledDocument = {
  document: "RFC5438",
  section: "10",
  imports: ["RFC3862","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "Disposition-Notification": ["seq",["octets",68,105,115,112,111,115,105,116,105,111,110,45,78,111,116,105,102,105,99,97,116,105,111,110],["octets",58,32],["rep",0,1,["seq","notify-req",["rep",0,null,["seq","COMMA","notify-req"]]]]],
    "Disposition-Notification:value": ["rep",0,1,["seq","notify-req",["rep",0,null,["seq","COMMA","notify-req"]]]],
    "notify-req": ["seq",["any",["octets",110,101,103,97,116,105,118,101,45,100,101,108,105,118,101,114,121],["octets",112,111,115,105,116,105,118,101,45,100,101,108,105,118,101,114,121],["octets",112,114,111,99,101,115,115,105,110,103],["octets",100,105,115,112,108,97,121],"RFC3862 Token"],["rep",0,null,["seq","SEMI","disp-notify-params"]]],
    "disp-notify-params": "RFC3862 Ext-param",
    "Message-ID": ["seq",["octets",77,101,115,115,97,103,101,45,73,68],["octets",58,32],"RFC3862 Token"],
    "Message-ID:value": "RFC3862 Token",
    "Original-To": ["seq",["octets",79,114,105,103,105,110,97,108,45,84,111],["octets",58,32],["rep",0,1,"RFC3862 Formal-name"],["octets",60],"RFC3862 URI",["octets",62]],
    "Original-To:value": ["seq",["rep",0,1,"RFC3862 Formal-name"],["octets",60],"RFC3862 URI",["octets",62]],
    "IMDN-Record-Route": ["seq",["octets",73,77,68,78,45,82,101,99,111,114,100,45,82,111,117,116,101],["octets",58,32],["rep",0,1,"RFC3862 Formal-name"],["octets",60],"RFC3862 URI",["octets",62]],
    "IMDN-Record-Route:value": ["seq",["rep",0,1,"RFC3862 Formal-name"],["octets",60],"RFC3862 URI",["octets",62]],
    "IMDN-Route": ["seq",["octets",73,77,68,78,45,82,111,117,116,101],["octets",58,32],["rep",0,1,"RFC3862 Formal-name"],["octets",60],"RFC3862 URI",["octets",62]],
    "IMDN-Route:value": ["seq",["rep",0,1,"RFC3862 Formal-name"],["octets",60],"RFC3862 URI",["octets",62]],
    "SEMI": ["seq",["rep",0,null,"RFC5234 SP"],["octets",59],["rep",0,null,"RFC5234 SP"]],
    "COMMA": ["seq",["rep",0,null,"RFC5234 SP"],["octets",44],["rep",0,null,"RFC5234 SP"]],
  },
};

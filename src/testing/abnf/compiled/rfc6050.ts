// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc6050: CompiledDocument = {
  document: "RFC6050",
  section: "4.1, 4.2 and 4.4",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "PAssertedService": ["seq",["text","P-Asserted-Service"],"RFC3261 HCOLON","PAssertedService-value"],
    "PAssertedService:value": "PAssertedService-value",
    "PAssertedService-value": ["seq","Service-ID",["rep",0,null,["seq","RFC3261 COMMA","Service-ID"]]],
    "PPreferredService": ["seq",["text","P-Preferred-Service"],"RFC3261 HCOLON","PPreferredService-value"],
    "PPreferredService:value": "PPreferredService-value",
    "PPreferredService-value": ["seq","Service-ID",["rep",0,null,["seq","RFC3261 COMMA","Service-ID"]]],
    "Service-ID": ["seq",["text","urn:urn-7:"],"urn-service-id"],
    "urn-service-id": ["seq","top-level",["rep",0,null,["seq",["text","."],"sub-service-id"]]],
    "top-level": ["seq","let-dig",["rep",0,1,["rep",0,26,"let-dig"]]],
    "sub-service-id": ["seq","let-dig",["rep",0,1,["rep",0,null,"let-dig"]]],
    "let-dig": ["any","RFC5234 ALPHA","RFC5234 DIGIT",["text","-"]],
  },
};

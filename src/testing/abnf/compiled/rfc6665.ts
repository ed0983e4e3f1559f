// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc6665: CompiledDocument = {
  document: "RFC6665",
  section: "8.4",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {"extension-method":"RFC3261 extension-method"},
  rules: {
    "SUBSCRIBEm": ["octets",83,85,66,83,67,82,73,66,69],
    "NOTIFYm": ["octets",78,79,84,73,70,89],
    "extension-method": ["any","SUBSCRIBEm","NOTIFYm","RFC3261 token"],
    "Event": ["seq",["any",["text","Event"],["text","o"]],"RFC3261 HCOLON","event-type",["rep",0,null,["seq","RFC3261 SEMI","event-param"]]],
    "Event:value": ["seq","event-type",["rep",0,null,["seq","RFC3261 SEMI","event-param"]]],
    "event-type": ["seq","event-package",["rep",0,null,["seq",["text","."],"event-template"]]],
    "event-package": "token-nodot",
    "event-template": "token-nodot",
    "token-nodot": ["rep",1,null,["any","RFC3261 alphanum",["text","-"],["text","!"],["text","%"],["text","*"],["text","_"],["text","+"],["text","`"],["text","'"],["text","~"]]],
    "event-param": ["any","RFC3261 generic-param",["seq",["text","id"],"RFC3261 EQUAL","RFC3261 token"]],
    "Allow-Events": ["seq",["any",["text","Allow-Events"],["text","u"]],"RFC3261 HCOLON","event-type",["rep",0,null,["seq","RFC3261 COMMA","event-type"]]],
    "Allow-Events:value": ["seq","event-type",["rep",0,null,["seq","RFC3261 COMMA","event-type"]]],
    "Subscription-State": ["seq",["text","Subscription-State"],"RFC3261 HCOLON","substate-value",["rep",0,null,["seq","RFC3261 SEMI","subexp-params"]]],
    "Subscription-State:value": ["seq","substate-value",["rep",0,null,["seq","RFC3261 SEMI","subexp-params"]]],
    "substate-value": ["any",["text","active"],["text","pending"],["text","terminated"],"extension-substate"],
    "extension-substate": "RFC3261 token",
    "subexp-params": ["any",["seq",["text","reason"],"RFC3261 EQUAL","event-reason-value"],["seq",["text","expires"],"RFC3261 EQUAL","RFC3261 delta-seconds"],["seq",["text","retry-after"],"RFC3261 EQUAL","RFC3261 delta-seconds"],"RFC3261 generic-param"],
    "event-reason-value": ["any",["text","deactivated"],["text","probation"],["text","rejected"],["text","timeout"],["text","giveup"],["text","noresource"],["text","invariant"],"event-reason-extension"],
    "event-reason-extension": "RFC3261 token",
  },
};

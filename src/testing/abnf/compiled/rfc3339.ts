// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3339: CompiledDocument = {
  document: "RFC3339",
  section: "5.6",
  imports: ["RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "date-fullyear": ["rep",4,4,"RFC5234 DIGIT"],
    "date-month": ["rep",2,2,"RFC5234 DIGIT"],
    "date-mday": ["rep",2,2,"RFC5234 DIGIT"],
    "time-hour": ["rep",2,2,"RFC5234 DIGIT"],
    "time-minute": ["rep",2,2,"RFC5234 DIGIT"],
    "time-second": ["rep",2,2,"RFC5234 DIGIT"],
    "time-secfrac": ["seq",["text","."],["rep",1,null,"RFC5234 DIGIT"]],
    "time-numoffset": ["seq",["any",["text","+"],["text","-"]],"time-hour",["text",":"],"time-minute"],
    "time-offset": ["any",["text","Z"],"time-numoffset"],
    "partial-time": ["seq","time-hour",["text",":"],"time-minute",["text",":"],"time-second",["rep",0,1,"time-secfrac"]],
    "full-date": ["seq","date-fullyear",["text","-"],"date-month",["text","-"],"date-mday"],
    "full-time": ["seq","partial-time","time-offset"],
    "date-time": ["seq","full-date",["text","T"],"full-time"],
  },
};

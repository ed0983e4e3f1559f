// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const rfc3329: CompiledDocument = {
  document: "RFC3329",
  section: "2.2 and A",
  imports: ["RFC3261","RFC5234"],
  extends: {},
  replaces: {},
  rules: {
    "security-client": ["seq",["text","Security-Client"],"RFC3261 HCOLON","sec-mechanism",["rep",0,null,["seq","RFC3261 COMMA","sec-mechanism"]]],
    "security-client:value": ["seq","sec-mechanism",["rep",0,null,["seq","RFC3261 COMMA","sec-mechanism"]]],
    "security-server": ["seq",["text","Security-Server"],"RFC3261 HCOLON","sec-mechanism",["rep",0,null,["seq","RFC3261 COMMA","sec-mechanism"]]],
    "security-server:value": ["seq","sec-mechanism",["rep",0,null,["seq","RFC3261 COMMA","sec-mechanism"]]],
    "security-verify": ["seq",["text","Security-Verify"],"RFC3261 HCOLON","sec-mechanism",["rep",0,null,["seq","RFC3261 COMMA","sec-mechanism"]]],
    "security-verify:value": ["seq","sec-mechanism",["rep",0,null,["seq","RFC3261 COMMA","sec-mechanism"]]],
    "sec-mechanism": ["seq","mechanism-name",["rep",0,null,["seq","RFC3261 SEMI","mech-parameters"]]],
    "mechanism-name": ["any",["text","digest"],["text","tls"],["text","ipsec-ike"],["text","ipsec-man"],"RFC3261 token",["text","ipsec-3gpp"]],
    "mech-parameters": ["any","preference","digest-algorithm","digest-qop","digest-verify","extension","algorithm","protocol","mode","encrypt-algorithm","spi","port1","port2"],
    "preference": ["seq",["text","q"],"RFC3261 EQUAL","qvalue"],
    "qvalue": ["any",["seq",["text","0"],["rep",0,1,["seq",["text","."],["rep",0,3,"RFC5234 DIGIT"]]]],["seq",["text","1"],["rep",0,1,["seq",["text","."],["rep",0,3,["text","0"]]]]]],
    "digest-algorithm": ["seq",["text","d-alg"],"RFC3261 EQUAL","RFC3261 token"],
    "digest-qop": ["seq",["text","d-qop"],"RFC3261 EQUAL","RFC3261 token"],
    "digest-verify": ["seq",["text","d-ver"],"RFC3261 EQUAL","RFC3261 LDQUOT",["rep",32,32,"RFC3261 LHEX"],"RFC3261 RDQUOT"],
    "extension": "RFC3261 generic-param",
    "algorithm": ["seq",["text","alg"],"RFC3261 EQUAL",["any",["text","hmac-md5-96"],["text","hmac-sha-1-96"]]],
    "protocol": ["seq",["text","prot"],"RFC3261 EQUAL",["any",["text","ah"],["text","esp"]]],
    "mode": ["seq",["text","mod"],"RFC3261 EQUAL",["any",["text","trans"],["text","tun"]]],
    "encrypt-algorithm": ["seq",["text","ealg"],"RFC3261 EQUAL",["any",["text","des-ede3-cbc"],["text","null"]]],
    "spi": ["seq",["text","spi"],"RFC3261 EQUAL","spivalue"],
    "spivalue": ["rep",10,10,"RFC5234 DIGIT"],
    "port1": ["seq",["text","port1"],"RFC3261 EQUAL","port"],
    "port2": ["seq",["text","port2"],"RFC3261 EQUAL","port"],
    "port": ["rep",1,null,"RFC5234 DIGIT"],
  },
};

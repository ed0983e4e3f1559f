// Written by grammars/compile.mjs: change grammars/ and run it again.
// biome-ignore-all format: written by a program
import type { CompiledDocument } from '../grammar.ts';

export const omaIm: CompiledDocument = {
  document: "OMA-IM",
  section: "E.6 and F",
  imports: ["RFC3261","RFC3323","RFC3325","RFC3326","RFC3329","RFC3428","RFC3515","RFC3608","RFC3840","RFC3841","RFC3891","RFC3892","RFC4028","RFC6050","RFC6665","RFC7315","RFC4566","RFC5547","RFC5234"],
  extends: {"uri-parameter":"RFC3261 uri-parameter","attribute":"RFC4566 attribute"},
  replaces: {},
  rules: {
    "sessiontype-param": ["seq",["text","sessiontype="],["any",["text","adhoc"],["text","pre-defined"],"other-sessiontype"]],
    "other-sessiontype": ["rep",1,null,"RFC3261 paramchar"],
    "IM-user-agent": ["seq",["text","User-Agent"],"RFC3261 HCOLON","im-products"],
    "IM-user-agent:value": "im-products",
    "IM-server": ["seq",["text","Server"],"RFC3261 HCOLON","im-products"],
    "IM-server:value": "im-products",
    "im-products": ["seq",["rep",0,null,["seq","RFC3261 server-val","RFC3261 LWS"]],"im-release-product",["rep",0,null,["seq","RFC3261 LWS","RFC3261 server-val"]]],
    "im-release-product": ["seq",["any",["text","IM-client"],["text","IM-serv"]],"RFC3261 SLASH","oma-release"],
    "oma-release": ["seq",["text","OMA"],["rep",1,null,"RFC5234 DIGIT"],["text","."],["rep",1,null,"RFC5234 DIGIT"]],
    "filesize-attr": ["seq",["text","filesize:"],"RFC5547 filesize-value"],
    "uri-parameter": "sessiontype-param",
    "attribute": "filesize-attr",
  },
};

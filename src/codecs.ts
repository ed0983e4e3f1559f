/*
 * Every artefact by its name, for the tools that work on any of them: the command line, the vectors, the fuzzers. A new
 * codec is listed here, headers in `sip/headers/registry.ts`, and has them all.
 */
import type { BytesCodec, Codec, FieldCodec } from './core/codec.ts';
import { table } from './core/table.ts';
import { type CpimMessage, cpim } from './cpim/message.ts';
import { type Imdn, imdn } from './imdn/payload.ts';
import { type ExternalBody, externalBody } from './mime/external-body.ts';
import { type MultipartEntity, multipart } from './mime/multipart.ts';
import { type MsrpMessage, msrp } from './msrp/message.ts';
import { type MsrpUri, msrpUri } from './msrp/uri.ts';
import { type SdpSession, sdp } from './sdp/session.ts';
import { headerCodecs } from './sip/headers/registry.ts';
import { type SipMessage, sipMessage } from './sip/message.ts';
import { sipUri, type Uri } from './sip/uri.ts';
import { type IsComposing, isComposing } from './xml/iscomposing.ts';
import { type ResourceLists, resourceLists } from './xml/resource-lists.ts';

export * from './composers.ts';

export type AnyCodec = Codec<unknown> | BytesCodec<unknown>;

/** What has a name of its own, and `header/<Header-Name>` for the value of a header. */
export type CodecTable = {
  readonly 'sip-message': BytesCodec<SipMessage>;
  readonly 'sip-uri': Codec<Uri>;
  readonly multipart: BytesCodec<MultipartEntity>;
  readonly 'external-body': BytesCodec<ExternalBody>;
  readonly cpim: BytesCodec<CpimMessage>;
  readonly 'resource-lists': BytesCodec<ResourceLists>;
  readonly iscomposing: BytesCodec<IsComposing>;
  readonly imdn: BytesCodec<Imdn>;
  readonly msrp: BytesCodec<MsrpMessage>;
  readonly 'msrp-uri': Codec<MsrpUri>;
  readonly sdp: BytesCodec<SdpSession>;
} & { readonly [name: `header/${string}`]: FieldCodec<unknown> | undefined };

export const codecs: CodecTable = /* @__PURE__ */ table<CodecTable>([
  ['sip-message', sipMessage],
  ['sip-uri', sipUri],
  ['multipart', multipart],
  ['external-body', externalBody],
  ['cpim', cpim],
  ['resource-lists', resourceLists],
  ['iscomposing', isComposing],
  ['imdn', imdn],
  ['msrp', msrp],
  ['msrp-uri', msrpUri],
  ['sdp', sdp],
  ...headerCodecs.map((codec): [string, AnyCodec] => [`header/${codec.name}`, codec]),
]);

/** The codec of a name, whatever the name; `undefined` where there is none. */
export function codecOf(name: string): AnyCodec | undefined {
  return (codecs as Readonly<Record<string, AnyCodec>>)[name];
}

/** Whether the codec reads octets rather than text. */
export function isBytesCodec(codec: AnyCodec): codec is BytesCodec<unknown> {
  return 'decode' in codec;
}

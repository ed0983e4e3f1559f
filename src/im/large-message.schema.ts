/*
 * What a caller hands to `composeLargeMessageInvite`, as a schema. What a session description may hold is for its
 * composer to say.
 */
import * as z from 'zod/mini';
import type { MediaType } from '../mime/media-type.ts';
import type { MsrpUri } from '../msrp/uri.ts';
import type { FileDate } from '../sdp/file-date.ts';
import type { FileRange } from '../sdp/file-range.ts';
import type { Hash } from '../sdp/hash.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import { initialRequest, octets, shaped, text } from './initial-request.schema.ts';
import type { LargeMessageInput } from './large-message.ts';
import type { LargeMessageMedia, LargeOfferInput } from './large-offer.ts';
import { isMediaType, isNameAddr, isObject, lists } from './values.schema.ts';

const size: z.ZodMiniType<number | undefined> = z.optional(
  z
    .number('LM-E6: a number of octets')
    .check(z.int('LM-E6: a whole number of octets'), z.positive('LM-E6: some octets')),
);

const content: z.ZodMiniType<LargeOfferInput['content']> = z.union(
  [
    z.strictObject({ size, contentSize: size }),
    z.strictObject({
      contentType: z.union([text('LM-E6: a media type'), shaped<MediaType>(isMediaType)]),
      content: z.union([z.string(), octets], { error: 'LM-E6: text or octets' }),
    }),
  ],
  { error: 'LM-E6: the size of the message, or the message with its media type' },
);

const object = <T>(what: string): z.ZodMiniType<T | undefined> =>
  z.optional(z.custom<T>((value) => typeof value === 'object' && value !== null, `LM-E5: ${what}`));

const word: z.ZodMiniType<string | undefined> = z.optional(z.string());
const count: z.ZodMiniType<number | undefined> = z.optional(z.number());
const texts: z.ZodMiniType<readonly string[]> = z.array(z.string());

const media: z.ZodMiniType<LargeMessageMedia> = z.strictObject(
  {
    origin: z.strictObject(
      {
        username: word,
        sessionId: z.union([z.string(), z.number()], { error: 'LM-E5: the number of the session' }),
        version: z.optional(z.union([z.string(), z.number()], { error: 'LM-E5: the version of the session' })),
        address: z.string('LM-E5: the address of the client'),
      },
      'LM-E5: who makes the offer',
    ),
    address: word,
    sessionName: word,
    port: count,
    path: z.array(
      z.union([z.string(), shaped<MsrpUri>((value) => isObject(value) && lists(value, 'params'))]),
      'LM-E5: the MSRP URIs of the client',
    ),
    acceptTypes: z.optional(texts),
    acceptWrappedTypes: z.optional(texts),
    maxSize: count,
    setup: z.optional(z.enum(['active', 'actpass'], 'LM-E5: setup is active or actpass')),
    direction: z.optional(
      z.enum(['sendonly', 'recvonly', 'sendrecv', 'inactive'], 'LM-E5a: the direction is sendonly'),
    ),
    fileSelector: z.optional(
      z.strictObject(
        {
          name: word,
          type: z.optional(shaped<MediaType>(isMediaType)),
          hashes: z.optional(z.array(shaped<Hash>(isObject))),
        },
        'LM-E5: what tells the file',
      ),
    ),
    fileTransferId: word,
    fileDisposition: word,
    fileDate: object<FileDate>('the dates of the file'),
    fileIcon: word,
    fileRange: object<FileRange>('the range of the file'),
    fingerprint: object<Hash>('a fingerprint'),
    attributes: z.optional(texts),
  },
  'LM-E5: what the offer is made of',
);

const { to, ...others } = initialRequest;

export const largeMessageInput: z.ZodMiniType<LargeMessageInput> = z.strictObject({
  ...others,
  to: to.check(
    z.refine((value) => !('session' in value), 'LM-E2: a user, a group, or a list and its factory'),
  ) as z.ZodMiniType<LargeMessageInput['to']>,
  contact: z.union([text('LM-G4: where the client is reached'), shaped<NameAddr>(isNameAddr)], {
    error: 'LM-G4: where the client is reached',
  }),
  media,
  content,
  sizeAttributes: z.optional(
    z.enum(['filesize', 'file-selector', 'both'], 'LM-E6: the attributes of the size: filesize, file-selector or both'),
  ),
  sessionExpires: z.optional(z.number('LM-G7: a number of seconds')),
  allow: z.optional(z.array(z.string(), 'LM-G3: a list of methods')),
  supported: z.optional(z.array(z.string(), 'LM-G6: a list of option tags')),
});

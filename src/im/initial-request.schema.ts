/*
 * What a caller hands to the composers of both modes, as schemas: their messages name the duty of pager mode that the
 * value would break. Whether a text is a URI or a media type is for the codecs to say.
 */
import * as z from 'zod/mini';
import type { MimeField } from '../mime/fields.ts';
import type { Field } from '../sip/field.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import type { Uri } from '../sip/uri.ts';
import type { DisplayName } from '../xml/resource-lists.ts';
import type { InitialRequestInput } from './initial-request.ts';
import type { ReleaseVersion } from './release-version.ts';
import type { ListedRecipient, Target } from './target.ts';
import { isNameAddr, isUri } from './values.schema.ts';

export const text = (message: string): z.ZodMiniType<string> => z.string().check(z.minLength(1, message));

/** A value of a codec, as far as can be told from its shape. */
export const shaped = <T>(isShaped: (value: unknown) => boolean): z.ZodMiniType<T> => z.custom<T>(isShaped);

export const typed = <T>(key: string): z.ZodMiniType<T> =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && key in value);

const uri = (message: string): z.ZodMiniType<string | Uri> =>
  z.union([text(message), shaped<Uri>(isUri)], { error: message });

export const octets: z.ZodMiniType<Uint8Array> = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const field: z.ZodMiniType<Field & MimeField> = z.object({ name: z.string(), value: z.string() });

const displayName: z.ZodMiniType<string | DisplayName> = z.union(
  [z.string(), z.strictObject({ text: z.string(), language: z.optional(z.string()) })],
  { error: 'PM-5a: the name of a recipient' },
);

const listed: z.ZodMiniType<ListedRecipient> = z.union(
  [
    z.string(),
    typed<Uri>('scheme'),
    z.strictObject({
      uri: uri('PM-5a: the URI of a recipient'),
      copyControl: z.optional(z.enum(['to', 'cc', 'bcc'])),
      anonymize: z.optional(z.boolean()),
      displayName: z.optional(displayName),
    }),
  ],
  { error: 'PM-5a: a recipient is a URI, or a URI with copyControl (to, cc or bcc), anonymize and displayName' },
);

const receiver: z.ZodMiniType<Target> = z.union(
  [
    z.strictObject({ user: uri('PM-4: the Request-URI is the intended recipient') }),
    z.strictObject({ group: uri('PM-7a: the Request-URI is the identity of the group') }),
    z.strictObject({ session: uri('PM-8: the Request-URI is the identity of the session') }),
    z.strictObject({
      list: z.array(listed).check(z.minLength(1, 'PM-5a: a list of the recipients')),
      factory: uri('PM-5b: the Request-URI is the conference factory'),
    }),
  ],
  { error: ({ input }) => whyNoReceiver(input) },
);

/** Where none of the kinds fits, which of them was meant. */
function whyNoReceiver(input: unknown): string {
  const { list, factory } = (input ?? {}) as { readonly list?: unknown; readonly factory?: unknown };
  if (list === undefined && factory === undefined) return 'PM-4: one of user, group and session, or list and factory';
  if (z.array(listed).safeParse(list).success) return 'PM-5b: the Request-URI is the conference factory';
  return 'PM-5a: a list of URIs, or of objects with uri, copyControl (to, cc or bcc), anonymize and displayName';
}

/** The parts of the input that both composers take. */
export const initialRequest: {
  readonly [part in keyof InitialRequestInput]-?: z.ZodMiniType<InitialRequestInput[part]>;
} = {
  from: z.union([text('PM-0: the sender'), shaped<NameAddr>(isNameAddr)], { error: 'PM-0: the sender' }),
  to: receiver,
  release: z.union([text('PM-2: the release version'), typed<ReleaseVersion>('enabler')], {
    error: 'PM-2: the release version',
  }),
  anonymous: z.optional(z.boolean('PM-3: whether the sender shall be hidden')),
  fields: z.optional(z.array(field)),
};

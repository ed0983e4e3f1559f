/*
 * What a caller hands to `composePagerMessage`, as a schema: its messages name the duty that the value would break.
 * Whether a text is a URI or a media type is for the codecs to say.
 */
import * as z from 'zod/mini';
import type { Field } from '../sip/field.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import type { Uri } from '../sip/uri.ts';
import type { Content, PagerMessageInput, PagerTarget } from './pager-message.ts';
import type { ReleaseVersion } from './release-version.ts';

const text = (message: string): z.ZodMiniType<string> => z.string().check(z.minLength(1, message));

const typed = <T>(key: string): z.ZodMiniType<T> =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && key in value);

const uri = (message: string): z.ZodMiniType<string | Uri> =>
  z.union([text(message), typed<Uri>('scheme')], { error: message });

const octets: z.ZodMiniType<Uint8Array> = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const receiver: z.ZodMiniType<PagerTarget> = z.union(
  [
    z.strictObject({ user: uri('PM-4: the Request-URI is the intended recipient') }),
    z.strictObject({ group: uri('PM-7a: the Request-URI is the identity of the group') }),
    z.strictObject({ session: uri('PM-8: the Request-URI is the identity of the session') }),
  ],
  { error: 'PM-4: one of user, group and session' },
);

const content: z.ZodMiniType<Content> = z.strictObject({
  contentType: z.union([text('PM-0: a media type'), typed<Exclude<Content['contentType'], string>>('subtype')]),
  content: z.union([z.string(), octets], { error: 'PM-0: text or octets' }),
});

const field: z.ZodMiniType<Field> = z.object({ name: z.string(), value: z.string() });

export const pagerMessageInput: z.ZodMiniType<PagerMessageInput> = z.strictObject({
  from: z.union([text('PM-0: the sender'), typed<NameAddr>('uri')], { error: 'PM-0: the sender' }),
  to: receiver,
  release: z.union([text('PM-2: the release version'), typed<ReleaseVersion>('enabler')], {
    error: 'PM-2: the release version',
  }),
  anonymous: z.optional(z.boolean('PM-3: whether the sender shall be hidden')),
  body: z.union([z.string(), content], { error: 'PM-0: text, or content with its media type' }),
  fields: z.optional(z.array(field)),
});

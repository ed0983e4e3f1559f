/*
 * What a caller hands to `composeInDialog` and `composeResponse`, as schemas. Whether a value is one of its header is
 * for the codecs to say, and whether it may stand there for the composers.
 */
import * as z from 'zod/mini';
import type { MediaType } from '../../mime/media-type.ts';
import type { AcceptRange } from '../../sip/headers/accept.ts';
import type { Reason } from '../../sip/headers/reason.ts';
import type { RetryAfter } from '../../sip/headers/retry-after.ts';
import type { Via } from '../../sip/headers/via.ts';
import type { Warning } from '../../sip/headers/warning.ts';
import type { NameAddr } from '../../sip/name-addr.ts';
import type { SessionTimerHeaders } from '../../sip/session-timer.ts';
import type { Content } from '../content.ts';
import { field, octets, text, typed } from '../initial-request.schema.ts';
import type { ReleaseVersion } from '../release-version.ts';
import type { InDialogInput } from './requests.ts';
import type { ResponseInput } from './responses.ts';

const someOf = <T>(one: z.ZodMiniType<T>, message: string): z.ZodMiniType<readonly T[]> =>
  z.array(one).check(z.minLength(1, message));

const tokens: z.ZodMiniType<readonly string[]> = z.array(z.string());

const address: z.ZodMiniType<string | NameAddr> = z.union([text('LM-G0: an address'), typed<NameAddr>('uri')], {
  error: 'LM-G0: a Contact, as text or with its uri',
});

const timer: z.ZodMiniType<SessionTimerHeaders> = z.strictObject({
  supported: z.boolean(),
  required: z.boolean(),
  interval: z.optional(z.number()),
  refresher: z.optional(z.enum(['uac', 'uas'])),
  minimum: z.optional(z.number()),
});

const body: z.ZodMiniType<Content> = z.strictObject({
  contentType: z.union([text('LM-G0: a media type'), typed<MediaType>('subtype')]),
  content: z.union([z.string(), octets], { error: 'LM-G0: text or octets' }),
  fields: z.optional(z.array(field)),
});

export const inDialogInput: z.ZodMiniType<InDialogInput> = z.strictObject({
  via: z.union([text('LM-G0: a Via'), someOf(typed<Via>('transport'), 'LM-G0: a Via')], {
    error: 'LM-G0: a Via with the branch of the transaction',
  }),
  maxForwards: z.optional(z.number()),
  sequence: z.optional(z.number()),
  contact: z.optional(address),
  timer: z.optional(timer),
  reason: z.optional(someOf(typed<Reason>('protocol'), 'LM-G0: a reason')),
  body: z.optional(body),
  fields: z.optional(z.array(field)),
});

export const responseInput: z.ZodMiniType<ResponseInput> = z.strictObject({
  reason: z.optional(z.string()),
  toTag: z.optional(z.string()),
  contact: z.optional(address),
  allow: z.optional(tokens),
  supported: z.optional(tokens),
  timer: z.optional(timer),
  accept: z.optional(z.array(typed<AcceptRange>('subtype'))),
  unsupported: z.optional(someOf(z.string(), 'LM-G0: an option tag')),
  retryAfter: z.optional(
    z.union([z.number(), typed<RetryAfter>('seconds')], { error: 'LM-G0: seconds, or a value with seconds' }),
  ),
  warnings: z.optional(
    someOf<Warning>(z.object({ code: z.number(), agent: z.string(), text: z.string() }), 'LM-G0: a warning'),
  ),
  delay: z.optional(z.string()),
  server: z.optional(z.union([text('LM-G2: the release version'), typed<ReleaseVersion>('enabler')])),
  body: z.optional(body),
  fields: z.optional(z.array(field)),
});

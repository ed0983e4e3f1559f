/*
 * What a caller hands to `composeNotification` and `composeNotificationMessage`, as schemas: their messages name the
 * duty for whose sake the value matters.
 */
import * as z from 'zod/mini';
import type { CpimAddress } from '../cpim/address.ts';
import type { DateTime } from '../cpim/datetime.ts';
import type { Field } from '../sip/field.ts';
import type { NameAddr } from '../sip/name-addr.ts';
import type { Uri } from '../sip/uri.ts';
import type { NotificationInput, NotificationMessageInput } from './notification.ts';
import type { ReleaseVersion } from './release-version.ts';

const typed = <T>(key: string): z.ZodMiniType<T> =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && key in value);

const common = {
  messageId: z.string('PM-N2: the Message-ID of the notification itself'),
  at: z.optional(typed<DateTime>('year')),
  recipient: z.optional(typed<CpimAddress>('uri')),
  sent: z.optional(
    z.array(z.enum(['delivery', 'display'], 'PM-N2: the types of the notifications that were sent'), 'PM-N2: a list'),
  ),
  response: z.optional(z.int('PM-N2: the status of the response').check(z.minimum(100), z.maximum(699))),
};

const STATUS = 'PM-N2: delivered, failed, forbidden or error of a delivery; displayed, forbidden or error of a display';

export const notificationInput: z.ZodMiniType<NotificationInput> = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('delivery'),
      status: z.enum(['delivered', 'failed', 'forbidden', 'error'], STATUS),
      ...common,
    }),
    z.strictObject({
      type: z.literal('display'),
      status: z.enum(['displayed', 'forbidden', 'error'], STATUS),
      ...common,
    }),
  ],
  { error: 'PM-N2: a recipient notifies of delivery or display; of processing only servers do' },
);

export const notificationMessageInput: z.ZodMiniType<NotificationMessageInput> = z.strictObject({
  from: z.union([z.string(), typed<NameAddr>('uri')], 'PM-0: the sender'),
  release: z.union([z.string(), typed<ReleaseVersion>('enabler')], 'PM-2: the release version'),
  sender: z.optional(z.union([z.string(), typed<Uri>('scheme')], 'PM-N2: who sent the message')),
  anonymous: z.optional(z.boolean('PM-3: whether the sender shall be hidden')),
  fields: z.optional(z.array(z.object({ name: z.string(), value: z.string() }) as z.ZodMiniType<Field>)),
});

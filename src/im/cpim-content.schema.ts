/*
 * What a caller hands to `cpimContent`, as a schema.
 */
import * as z from 'zod/mini';
import type { DateTime } from '../cpim/datetime.ts';
import type { CpimContentInput } from './cpim-content.ts';
import { initialRequest, typed } from './initial-request.schema.ts';
import { body } from './pager-message.schema.ts';

const { from, to, anonymous } = initialRequest;

export const cpimContentInput: z.ZodMiniType<CpimContentInput> = z.strictObject({
  from,
  to,
  anonymous,
  body,
  dateTime: z.optional(
    z.union([z.string(), typed<DateTime>('year')], { error: 'a date and time, as text or as read' }),
  ),
  notifications: z.optional(
    z.strictObject({ dispositions: z.array(z.string()), messageId: z.string() }, 'what the sender wants to be told'),
  ),
});

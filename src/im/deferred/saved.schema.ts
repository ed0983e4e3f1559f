/*
 * A saved state, as a schema: it comes from where the caller kept it, and may be damaged or of another program.
 */
import * as z from 'zod/mini';
import { type KeptMessage, PHASES, type Report, type SavedDeferred } from './state.ts';

const time: z.ZodMiniType<number> = z.number();
const count: z.ZodMiniType<number> = z.int().check(z.minimum(1), z.maximum(2 ** 22));

const report: z.ZodMiniType<Report> = z.strictObject({
  recipient: z.optional(z.string()),
  type: z.enum(['delivery', 'display', 'processing', 'interworking']),
  status: z.string(),
  at: time,
});

const message: z.ZodMiniType<KeptMessage> = z.strictObject({
  messageId: z.string(),
  method: z.enum(['MESSAGE', 'INVITE']),
  asked: z.array(z.string()),
  to: z.tuple([z.string()], z.string()),
  members: z.optional(z.union([z.array(z.string()), z.literal('unknown')])),
  sentAt: time,
  phase: z.enum(PHASES),
  reports: z.array(report),
});

export const savedDeferred: z.ZodMiniType<SavedDeferred> = z.strictObject({
  keepFor: z.int().check(z.minimum(1)),
  most: count,
  mostRecipients: count,
  now: time,
  messages: z.array(message),
});

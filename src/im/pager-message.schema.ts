/*
 * What a caller hands to `composePagerMessage`, as a schema.
 */
import * as z from 'zod/mini';
import type { ExternalBody } from '../mime/external-body.ts';
import type { Content } from './content.ts';
import { field, initialRequest, octets, text, typed } from './initial-request.schema.ts';
import type { PagerMessageInput } from './pager-message.ts';

const content: z.ZodMiniType<Content> = z.strictObject({
  contentType: z.union([text('PM-0: a media type'), typed<Exclude<Content['contentType'], string>>('subtype')]),
  content: z.union([z.string(), octets], { error: 'PM-0: text or octets' }),
  fields: z.optional(z.array(field)),
});

export const body: z.ZodMiniType<PagerMessageInput['body']> = z.union(
  [z.string(), content, typed<ExternalBody>('accessType')],
  { error: 'PM-0: text, content with its media type, or an external body' },
);

export const pagerMessageInput: z.ZodMiniType<PagerMessageInput> = z.strictObject({
  ...initialRequest,
  body,
});

/*
 * The rows of agreement of the CPIM headers of RFC 5438.
 */
import type { Codec } from '../core/codec.ts';
import {
  imdnDispositionNotification,
  imdnMessageId,
  imdnOriginalTo,
  imdnRecordRoute,
  imdnRoute,
} from '../imdn/headers.ts';
import type { AgreementRow, Excuse } from './agreement-rows.ts';
import { BRACKETS, ESCAPES } from './body-rows.ts';

const HEADERS = [imdnDispositionNotification, imdnMessageId, imdnOriginalTo, imdnRecordRoute, imdnRoute];

/** None of them is an artefact of its own. */
export const IMDN_CODECS: Readonly<Record<string, Codec<unknown>>> = Object.fromEntries(
  HEADERS.map((codec) => [`imdn/${codec.name}`, codec as Codec<unknown>]),
);

/** Of RFC 5438, and a request of OMA CPM with parameters. */
const REQUESTS = ['', 'positive-delivery, negative-delivery', 'display ;a=b; c="d, \\" e" , interworking'];

function header({ name }: Codec<unknown>, excuses: readonly Excuse[], texts: readonly string[] = []): AgreementRow {
  return { artefact: `imdn/${name}`, document: 'RFC5438', rule: `${name}:value`, excuses, texts };
}

export const IMDN_ROWS: readonly AgreementRow[] = [
  header(imdnDispositionNotification as Codec<unknown>, ESCAPES, REQUESTS),
  header(imdnMessageId, [], ['34jk324j', 'd834jied93rf']),
  ...[imdnOriginalTo, imdnRecordRoute, imdnRoute].map((codec) =>
    header(codec as Codec<unknown>, [...ESCAPES, BRACKETS]),
  ),
];

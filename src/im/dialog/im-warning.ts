/*
 * The texts by which IM servers say in Warning why they refuse. They are as seen in the field; the code is 399, whose
 * text is for people and logs (RFC 3261 20.43).
 */
import { sameText } from '../../core/text.ts';
import type { Warning } from '../../sip/headers/warning.ts';

const TEXTS = {
  anonymity: ['Anonymity not allowed'],
  function: ['Function not allowed'],
  size: ['Size Exceeded'],
  destinations: ['No destinations'],
  version: ['132 Version not supported'],
  service: ['127 Service not authorised', '127 Service not authorized'],
} as const;

/** Why an IM server refuses. */
export type ImRefusal = keyof typeof TEXTS;

/** The warning that says so; `agent` is the host that warns. */
export function imWarning(refusal: ImRefusal, agent: string): Warning {
  return { code: 399, agent, text: TEXTS[refusal][0] };
}

/** What a warning of an IM server means; `undefined` for any other text. */
export function imRefusal(warning: Warning): ImRefusal | undefined {
  const kinds = Object.keys(TEXTS) as ImRefusal[];
  return kinds.find((kind) => TEXTS[kind].some((text) => sameText(text, warning.text)));
}

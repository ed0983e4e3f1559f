/* What an IMS core demands of a request: change request 8.1.1 step 10. The caller knows the core and says what it is. */
import { withIms } from '../../im/ims.ts';
import { headerCodec } from '../../sip/headers/registry.ts';
import type { SipRequest } from '../../sip/message.ts';
import { canonicalName } from '../../sip/names.ts';
import { type DutyRule, type Found, SERVED } from '../finding.ts';
import type { MessageView } from '../view.ts';
import { PAGER, SESSION, withoutValue } from './mode.ts';

/** Headers in which the demand of the core stands beside others: a message fulfils it whatever comes behind. */
const LISTS = ['Route', 'Require', 'Proxy-Require'];

/** @duty PM-10-IMS (check) */
export const imsHeaders: DutyRule = {
  duty: 'PM-10-IMS',
  clause: 'OMA-IM-8.1.1',
  severity: 'error',
  asks: 'the request has the headers that its IMS core demands',
  judge(view, { ims }) {
    if (ims === undefined || !(PAGER.concerns(view) || SESSION.concerns(view))) return undefined;
    const { method, uri } = view.request as SipRequest;
    const demanded = withIms({ method, uri, fields: [], body: new Uint8Array(0) }, ims).fields;
    const found: Found[] = [];
    for (const { name, value } of demanded) {
      const written = valuesOf(view, name);
      const wanted = valuesIn(name, value);
      const fulfilled = LISTS.includes(canonicalName(name))
        ? wanted.every((one) => written.includes(one))
        : wanted.join() === written.join();
      if (!fulfilled) found.push(withoutValue(view, name, `${name} is not what the core demands`, `${name}: ${value}`));
    }
    return found.length === 0 ? SERVED : { served: false, found };
  },
};

/** What a message has in a header, each value in its canonical form. */
function valuesOf(view: MessageView, name: string): readonly string[] {
  return view.named(name).flatMap(({ result }) => (result.ok ? formatted(name, result.value) : []));
}

function valuesIn(name: string, text: string): readonly string[] {
  const read = headerCodec(name)?.parse(text);
  return read?.ok === true ? formatted(name, read.value) : [];
}

function formatted(name: string, value: unknown): readonly string[] {
  const codec = headerCodec(name);
  if (codec === undefined) return [];
  return Array.isArray(value) ? value.map((one) => codec.format([one])) : [codec.format(value)];
}

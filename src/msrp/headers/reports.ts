/*
 *   Success-Report  =  "Success-Report:" SP ("yes" / "no" )                              RFC 4975 9
 *   Failure-Report  =  "Failure-Report:" SP ("yes" / "no" / "partial" )
 *
 * What the sender wants to hear. Absent, they are no and yes (RFC 4975 7.1.1).
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { EncodeError } from '../../core/error.ts';
import { sameText } from '../../core/text.ts';

/** Whether a REPORT shall tell that the octets arrived. @duty LM-A3 (build) */
export const successReport: FieldCodec<'yes' | 'no'> = /* @__PURE__ */ wordField('Success-Report', ['yes', 'no']);

/** Whether every request, none, or only one that failed is answered. @duty LM-A3 (build) */
export const failureReport: FieldCodec<'yes' | 'no' | 'partial'> = /* @__PURE__ */ wordField('Failure-Report', [
  'yes',
  'no',
  'partial',
]);

function wordField<W extends string>(name: string, words: readonly W[]): FieldCodec<W> {
  const expected = words.join(', ');
  return fieldCodec<W>({
    name,
    rule: name,
    clause: 'RFC4975-9',
    scan(s) {
      const text = s.text.slice(s.pos, s.end);
      const word = words.find((one) => sameText(one, text));
      if (word === undefined) return s.fail(text === '' ? 'truncated' : 'syntax', name, 'RFC4975-9', expected);
      s.pos = s.end;
      return word;
    },
    format(value) {
      if (words.includes(value)) return value;
      throw new EncodeError(`${JSON.stringify(value)} is none of ${expected}`, '', 'RFC4975-9');
    },
  });
}

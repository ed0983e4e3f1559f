/*
 *   Priority        =  "Priority" HCOLON priority-value                              RFC 3261 20.26, 25.1
 *   priority-value  =  "emergency" / "urgent" / "normal" / "non-urgent" / other-priority
 *   other-priority  =  token
 */
import { type FieldCodec, fieldCodec } from '../../core/codec.ts';
import { scanToken } from '../../core/scan.ts';
import { token } from '../../core/write.ts';

/** How urgent the request is to the people concerned; without the header, `normal`. */
export const priority: FieldCodec<string> = /* @__PURE__ */ fieldCodec<string>({
  name: 'Priority',
  rule: 'Priority',
  clause: 'RFC3261-20.26',
  scan: (s) => scanToken(s, 'priority-value'),
  format: (value) => token(value, 'Priority', 'RFC3261-20.26'),
});

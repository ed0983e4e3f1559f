/* The inputs of large messages in fixtures/inputs: each INVITE composed, read, and composed again from what was read. */
import { composers } from '../../codecs.ts';
import { composeLargeMessageInvite, type LargeMessageInput, readLargeMessageInvite } from '../../im/large-message.ts';
import { isRequest, type SipMessage, sipMessage } from '../../sip/message.ts';
import { type Composed, composeInputs } from './inputs.ts';
import { inRows, type SectionMaker } from './section.ts';

export const largeMessages: SectionMaker = async ({ fixtures }) => {
  const composer = composers['large-message-invite'];
  const { files, rows, wrong } = await composeInputs(
    fixtures,
    (file) => file.startsWith('large-'),
    composer.compose,
    (message, input) => show(message, composer.duties(message, input).length),
  );
  return {
    title: 'Large messages',
    summary: `${rows.length} of ${files} INVITEs composed: octets, duties served, whom for, octets that MSRP will carry`,
    lines: inRows(rows),
    wrong,
  };
};

function show(message: SipMessage, served: number): Composed {
  const read = readLargeMessageInvite(message);
  if (!read.ok) return { row: [], wrong: `refused: ${read.error.rule}` };
  const { to, content, anonymous } = read.value;
  const whom = 'list' in to ? `${to.list.length} users` : 'group' in to ? 'a group' : 'one user';
  const row = [
    String(sipMessage.encodedLength(message)),
    `${served} duties`,
    `${whom}${anonymous ? ', anonymously' : ''}`,
    String(content?.size ?? content?.contentSize),
  ];
  const again = composeLargeMessageInvite(read.value as LargeMessageInput);
  const same = isRequest(message) && again.uri === message.uri && Buffer.compare(again.body, message.body) === 0;
  return { row, wrong: same ? undefined : 'what was read composes to another' };
}

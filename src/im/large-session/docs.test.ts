import { expect, it } from 'vitest';
import { ORIGINATING_TABLE } from './originating-table.ts';
import { RECEIVING_TABLE } from './receiving-table.ts';

interface Transition {
  readonly from: string | undefined;
  readonly on: string;
  readonly to: string;
}

/** A state chart for Mermaid: one arrow a pair of phases, with all that leads from one to the other. */
function chart(table: readonly Transition[]): string {
  const arrows = new Map<string, string[]>();
  for (const { from, on, to } of table) {
    const arrow = `${from ?? '[*]'} --> ${to}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), on]);
  }
  const lines = [...arrows].map(([arrow, on]) => `    ${arrow}: ${on.join(', ')}`);
  const first = table[0]?.from;
  const begin = first === undefined ? [] : [`    [*] --> ${first}: start`];
  return ['```mermaid', 'stateDiagram-v2', ...begin, ...lines, '    ended --> [*]', '```'].join('\n');
}

const PAGE = `# Large message sessions

A session is a reducer at either end: \`largeSession\` sends one message, \`receivingSession\` gets one. State is plain
data that JSON can hold, and no content is in it; an event has the time at which it happened; effects are to be carried
out in their order. The charts are drawn from the reducers' own tables by \`npm run charts\`; what stays in its phase is
not in them, and a test fails when the page is stale.

## The end that sends

${chart(ORIGINATING_TABLE)}

## The end that receives

${chart(RECEIVING_TABLE)}

\`on\` is a request by its method, a response by what it is, and anything else by the type of the event.

## How to plug it into a stack

\`\`\`js
let { state, effects } = largeSession.start({ at: Date.now(), invite, content, ids, reliable: false });
const tell = (event) => ({ state, effects } = largeSession.step(state, { ...event, at: Date.now() }));
\`\`\`

| effect | what the caller does |
| --- | --- |
| \`send-sip\` | sends the octets where the INVITE went, or by the route of the dialog |
| \`connect-msrp\`, \`await-msrp\` | opens a TCP (or TLS) connection to the first URI of the path, or expects one; tells \`msrp-connected\` |
| \`need-content\` | reads these octets of the content and tells \`content\`, as soon as the connection takes more |
| \`send-msrp\` | writes the pieces, one behind the other; none of them is a copy of the content |
| \`close-msrp\` | closes the connection once all has gone out |
| \`wake\` | sets the one timer of the session anew; tells \`wake\` when it is time |
| \`deferred\` | gives the event to \`deferred.step\` |
| \`offered\`, \`received\`, \`complete\`, \`notify\` | at the receiving end: asks the application, stores the octets where they belong, gives the message back whole, sends the notification |
| \`ended\` | tells the user the outcome; it comes once |

What arrives goes in as it is: whole SIP messages with the Call-ID of the session as \`sip\` (\`frameSip\` finds them in a
stream), whole MSRP messages as \`msrp\` (\`frameMsrp\`, \`msrp.decode\`), a lost connection as \`msrp-closed\`. The reducer
repeats requests and responses by the timers of RFC 3261 itself: a stack that has transactions of its own keeps them and
hands the messages on without their repetitions, which does no harm.

Saving the state with each step is enough to say after a crash what had arrived. The programs
[large-session-sender.mjs](../examples/large-session-sender.mjs) and
[large-session-receiver.mjs](../examples/large-session-receiver.mjs) do all of this on loopback with
[a hundred lines of sockets](../examples/large-session-plug.mjs).
`;

it('docs/sessions.md shows the tables as they are (npm run charts writes it)', async () => {
  await expect(PAGE).toMatchFileSnapshot('../../../docs/sessions.md');
});

it('every phase but the last leads somewhere, and every one is reached', () => {
  for (const table of [ORIGINATING_TABLE, RECEIVING_TABLE] as readonly (readonly Transition[])[]) {
    const from = new Set(table.map((row) => row.from));
    const to = new Set(table.map((row) => row.to));
    const phases = new Set([...from, ...to]);
    for (const phase of phases) {
      expect(from.has(phase)).toBe(phase !== 'ended');
      if (phase !== table[0]?.from) expect(to).toContain(phase);
    }
  }
});

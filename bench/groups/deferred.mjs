// The reducer of deferred messages: a message sent, answered with 202 and reported, with few and with a million kept.
// It forgets the oldest for each new one. The Map beside it keeps what it is given and can do nothing else.
import { deferred } from '../../dist/im/index.js';

const FEW = 10_000;
const MANY = 1_000_000;

export const groups = [
  {
    title: `deferred messages: sent, 202 and delivery report of one message`,
    // Made when it is measured: a million messages take room.
    get entrants() {
      return [
        reducer('oma-simple-im', FEW),
        reducer(`oma-simple-im, ${MANY.toLocaleString('en')} kept`, MANY),
        { ...map(), omits: 'a Map: nothing is correlated, nothing is forgotten by its age' },
      ];
    },
  },
];

function reducer(name, kept) {
  let state = deferred.start({ most: kept });
  let number = 0;
  for (; number < kept; number++) state = deferred.step(state, sent(number)).state;
  return {
    name,
    run() {
      const messageId = `m${number}`;
      const step = (event) => {
        const next = deferred.step(state, event);
        state = next.state;
        return next.effects;
      };
      const effects = [
        ...step(sent(number)),
        ...step({ type: 'response', at: number, messageId, status: 202 }),
        ...step({ type: 'notification', at: number, notifications: [delivered(messageId)] }),
      ];
      number++;
      return { effects, size: state.size };
    },
    verify({ effects, size }) {
      const types = effects.map(({ type }) => type).join();
      if (types !== 'forgotten,store,notified' || size !== kept) throw new Error(`${types}, ${size} kept`);
    },
  };
}

function map() {
  const messages = new Map();
  let number = 0;
  for (; number < FEW; number++) messages.set(`m${number}`, sent(number));
  return {
    name: 'Map',
    run() {
      const messageId = `m${number}`;
      messages.set(messageId, sent(number));
      messages.delete(`m${number - FEW}`);
      const message = messages.get(messageId);
      messages.set(messageId, { ...message, phase: 'deferred' });
      messages.set(messageId, { ...message, reports: [delivered(messageId)] });
      number++;
      return messages.size;
    },
    verify(size) {
      if (size !== FEW) throw new Error(`${size} kept`);
    },
  };
}

function sent(number) {
  const to = ['sip:bob@home1.example'];
  return { type: 'sent', at: number, messageId: `m${number}`, method: 'MESSAGE', asked: ['positive-delivery'], to };
}

function delivered(messageId) {
  return {
    messageId,
    recipientUri: 'sip:bob@home1.example',
    notification: { type: 'delivery', status: 'delivered', extensions: [] },
    extensions: [],
  };
}

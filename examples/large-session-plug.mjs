/*
 * A session plugged into sockets, for the two programs beside it: SIP over UDP or TCP, MSRP over TCP, all on loopback.
 * Nothing here knows what a session is: octets go in as events, and effects are done.
 */
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { frameMsrp, frameSip, msrp, unwrap } from 'oma-simple-im';

const HOST = '127.0.0.1';

/** Hands out the whole messages of a stream. */
function split(socket, frame, take) {
  let held = Buffer.alloc(0);
  socket.on('data', (octets) => {
    held = held.length === 0 ? octets : Buffer.concat([held, octets]);
    for (let found = frame(held); found.kind === 'complete'; found = frame(held)) {
      const whole = held.subarray(0, found.length);
      held = held.subarray(found.length);
      take(whole);
    }
  });
}

/** SIP: a port of our own, and whoever was heard last, or `to`, at the other end. */
export function openSip(transport, { port, to }, take, failed) {
  if (transport === 'udp') {
    const socket = createSocket('udp4').bind(port, HOST);
    let peer = to;
    socket.on('message', (octets, { port: from }) => {
      peer = from;
      take(octets);
    });
    return { send: (octets) => socket.send(octets, peer, HOST), close: () => socket.close() };
  }
  let peer;
  const open = (socket) => {
    peer = socket;
    split(socket, frameSip, take);
    socket.on('error', failed);
  };
  const server = to === undefined ? createServer(open).listen(port, HOST) : undefined;
  if (to !== undefined) open(connect(to, HOST));
  const close = () => {
    server?.close();
    peer?.end();
  };
  return { send: (octets) => void (peer.writable ? peer.write(octets) : setImmediate(failed)), close };
}

/**
 * Drives a session by its reducer from the step that it begins with. `own` does the effects that only one end has; it is
 * told of each new state by `saved`.
 */
export function plug(reducer, begun, { send, listenAt, own, saved = () => {} }) {
  let { state } = begun;
  let timer;
  let connection;
  const events = [];

  /** One event after the other, also those that come of effects. */
  function tell(event) {
    events.push({ ...event, at: Date.now() });
    if (events.length > 1) return;
    for (; events.length > 0; events.shift()) {
      const next = reducer.step(state, events[0]);
      state = next.state;
      saved(state);
      for (const effect of next.effects) act(effect);
    }
  }

  function connected(socket) {
    connection = socket;
    split(socket, frameMsrp, (octets) => tell({ type: 'msrp', message: unwrap(msrp.decode(octets)) }));
    socket.on('error', () => {});
    socket.on('close', () => connection === socket && tell({ type: 'msrp-closed' }));
  }

  const common = {
    'send-sip': ({ octets }) => send(octets),
    'connect-msrp': ({ path: [{ host, port }] }) => {
      const socket = connect(port, host, () => tell({ type: 'msrp-connected' }));
      connected(socket);
    },
    'send-msrp': ({ pieces }) => {
      for (const piece of pieces) connection?.write(piece);
    },
    'close-msrp': () => {
      connection?.end();
      connection = undefined;
      server?.close();
    },
    wake: ({ at }) => {
      clearTimeout(timer);
      if (at !== undefined) timer = setTimeout(tell, Math.max(0, at - Date.now()), { type: 'wake' });
    },
  };
  const act = (effect) => (common[effect.type] ?? own[effect.type])?.(effect, { tell, drained });

  /** Once the connection takes more. */
  const drained = (go) => (connection?.writableNeedDrain ? connection.once('drain', go) : go());

  /** Listens before anything is answered: the peer may connect at once then, so `await-msrp` has nothing to do. */
  const awaited = (socket) => {
    connected(socket);
    tell({ type: 'msrp-connected' });
  };
  const server = listenAt === undefined ? undefined : createServer(awaited).listen(listenAt, HOST);
  const start = () => {
    saved(state);
    for (const effect of begun.effects) act(effect);
  };
  if (server === undefined) start();
  else server.once('listening', start);
  return { tell, stop: () => clearTimeout(timer) };
}

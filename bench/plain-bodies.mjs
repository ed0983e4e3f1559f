// What regular expressions and `split` make of bodies: the usual way to read them where no library is
// at hand. They find what the codecs find in documents that are right, and check next to nothing.

/** `{ headers: [{ name, params, value }], content: { fields: [{ name, value }], body } }` */
export function cpimBySplit(octets) {
  const [head, mime, ...rest] = Buffer.from(octets).toString('utf8').split('\r\n\r\n');
  const headers = head.split('\r\n').map((line) => {
    const [, name, params, value] = /^([^:]+):((?:;[^ ]*)?) (.*)$/.exec(line);
    return { name, params: params.split(';').slice(1), value: unescaped(value) };
  });
  return { headers, content: { fields: fieldsOf(mime), body: rest.join('\r\n\r\n') } };
}

const ESCAPES = { b: '\b', t: '\t', n: '\n', r: '\r' };

function unescaped(value) {
  return value.replace(/\\(u([0-9A-Fa-f]{4})|.)/g, (_, one, hex) =>
    hex === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** `{ url, size, hash, expiration, fields }` */
export function externalBodyByRegex(type, octets) {
  const params = new Map();
  for (const [, name, quoted, token] of type.matchAll(/;\s*([\w-]+)=(?:"([^"]*)"|([^;\s]+))/g)) {
    params.set(name.toLowerCase(), quoted ?? token);
  }
  return {
    url: params.get('url').replace(/\s+/g, ''),
    size: Number(params.get('size')),
    hash: params.get('hash'),
    expiration: Date.parse(params.get('expiration')),
    fields: fieldsOf(Buffer.from(octets).toString('utf8').split('\r\n\r\n')[0]),
  };
}

function fieldsOf(head) {
  return head.split('\r\n').map((line) => {
    const [, name, value] = /^([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line);
    return { name, value };
  });
}

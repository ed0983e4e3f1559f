// MSRP messages by regular expressions and `split`: the usual way to read them where no library is at hand. It finds what
// the codec finds in messages that are right, and checks next to nothing.

/** `{ transactionId, method or status and comment, fields: [{ name, value }], body, continuation }` */
export function msrpBySplit(octets) {
  const text = Buffer.from(octets).toString('latin1');
  const [, transactionId, start] = /^MSRP ([\w.\-+%=]{4,32}) ([^\r\n]+)\r\n/.exec(text);
  const end = new RegExp(`\r\n-------${transactionId.replace(/[.+]/g, '\\$&')}([$+#])\r\n`).exec(text);
  const blank = text.indexOf('\r\n\r\n');
  const hasBody = blank >= 0 && blank < end.index;
  const [, ...lines] = text.slice(0, hasBody ? blank : end.index).split('\r\n');
  const fields = lines.map((line) => {
    const [, name, value] = /^([^:]+): (.*)$/.exec(line);
    return { name, value };
  });
  const body = hasBody ? octets.subarray(blank + 4, end.index) : undefined;
  const status = /^(\d{3})(?: (.*))?$/.exec(start);
  if (status === null) return { transactionId, method: start, fields, body, continuation: end[1] };
  return { transactionId, status: Number(status[1]), comment: status[2], fields, continuation: end[1] };
}

/** The paths, the message's id and its range, read from such a message. */
export function typedBySplit({ fields }) {
  const value = (name) => fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value;
  const [, start, end, total] = /^(\d+)-(\d+|\*)\/(\d+|\*)$/.exec(value('Byte-Range'));
  const number = (digits) => (digits === '*' ? digits : Number(digits));
  return {
    to: value('To-Path').split(' ').map(uriByRegex),
    from: value('From-Path').split(' ').map(uriByRegex),
    messageId: value('Message-ID'),
    range: { start: number(start), end: number(end), total: number(total) },
  };
}

function uriByRegex(text) {
  const [, scheme, userinfo, host, port, sessionId, transport, rest] =
    /^(msrps?):\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/;]*)(?::(\d+))?(?:\/([^;]*))?;([^;]+)((?:;[^;]*)*)$/i.exec(text);
  const params = rest
    .split(';')
    .slice(1)
    .map((param) => {
      const [name, value] = param.split('=');
      return { name, value };
    });
  return { scheme: scheme.toLowerCase(), userinfo, host, port: Number(port), sessionId, transport, params };
}

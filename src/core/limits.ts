/** Bounds on what is read; all are on by default. A limit that is exceeded is an error with the code `limit`. */
export interface Limits {
  /** Octets of a message's head: start-line, fields and the blank line. */
  readonly head: number;
  /** Fields of a message. */
  readonly fields: number;
  /** Octets of one field with its folds; UTF-16 units of a text that a codec parses. */
  readonly field: number;
  /** Parameters of one value, headers of one URI; attributes of an XML element, namespaces declared around it. */
  readonly params: number;
  /** Octets of a whole message on a stream. */
  readonly message: number;
  /** Octets of an XML document. */
  readonly document: number;
  /** Elements of an XML document. */
  readonly elements: number;
  /** Elements of an XML document within each other, 512 at most. */
  readonly depth: number;
  /** Parts of one multipart body. */
  readonly parts: number;
  /** Multipart bodies inside each other, when parts are searched. */
  readonly nesting: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  head: 65_536,
  fields: 256,
  field: 16_384,
  params: 128,
  message: 16_777_216,
  document: 4_194_304,
  elements: 10_000,
  depth: 32,
  parts: 1024,
  nesting: 16,
});

/** The defaults with some of them set otherwise. What is no number sets nothing: a limit is never off by accident. */
export function limits(changed: Partial<Limits> | undefined): Limits {
  if (changed === undefined) return DEFAULT_LIMITS;
  const sound = Object.entries(changed).filter(([, value]) => value >= 0);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(sound) };
}

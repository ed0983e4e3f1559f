// What every testee here has in common: one JSON object a line in, one out (docs/testee.md).
import { createInterface } from 'node:readline';

/** Text that stands for octets one for one, so that nothing is lost before the library sees it. */
export const latin1 = (octets) => octets.toString('latin1');

/** `undefined` and -1 are how the libraries say no. */
export const refuses = (value) => value === undefined || value === -1;

/** The answer to a text that was read: `value` and `canonical` where the library has them. */
export const valid = ({ value, canonical } = {}) => ({
  outcome: 'valid',
  value,
  canonical: canonical === undefined ? undefined : Buffer.from(canonical).toString('base64'),
});

export const INVALID = { outcome: 'invalid' };

/** The library's params as a list. */
export const listed = (map) =>
  Object.entries(map).map(([name, value]) => ({ name, ...(value == null ? {} : { value }) }));

/**
 * Serves the artefacts of a table: each entry takes the octets of the input and answers, or answers nothing where the
 * library has nothing for it. An exception is the library's way of refusing.
 */
export async function serve(artefacts) {
  for await (const line of createInterface({ input: process.stdin })) {
    let id = null;
    let answer;
    try {
      const request = JSON.parse(line);
      id = request.id ?? null;
      answer = request.op === 'decode' ? decode(artefacts, request) : undefined;
    } catch {
      // No JSON: nothing is known about it.
    }
    process.stdout.write(`${JSON.stringify({ id, ...(answer ?? { outcome: 'unsupported' }) })}\n`);
  }
}

function decode(artefacts, { artefact, octets, text }) {
  if (!Object.hasOwn(artefacts, artefact)) return undefined;
  try {
    return artefacts[artefact](octets === undefined ? Buffer.from(text) : Buffer.from(octets, 'base64'));
  } catch {
    return INVALID;
  }
}

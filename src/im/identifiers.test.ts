import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grammar, recognise } from '../testing/abnf/index.ts';
import { identifiers } from './identifiers.ts';

const octets = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('identifiers', () => {
  it('are what their grammars ask for, whatever the octets', () => {
    fc.assert(
      fc.property(octets, (random) => {
        const ids = identifiers(() => random);
        const matches = (document: string, rule: string, text: string): void =>
          expect(recognise(grammar(document), rule, text).outcome).toBe('match');
        matches('RFC3261', 'callid', ids.callId());
        matches('RFC3261', 'token', ids.tag());
        matches('RFC3261', 'token', ids.branch());
        matches('RFC3862', 'Token', ids.messageId());
        matches('RFC4975', 'ident', ids.messageId());
        matches('RFC4975', 'session-id', ids.sessionId());
        matches('RFC4975', 'transact-id', ids.transactionId());
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('differ where the octets do', () => {
    fc.assert(
      fc.property(octets, octets, (one, other) => {
        const same = one.every((octet, i) => octet === other[i]);
        expect(identifiers(() => one).tag() === identifiers(() => other).tag()).toBe(same);
      }),
    );
  });

  it('a branch begins with the cookie of RFC 3261', () => {
    expect(identifiers(() => new Uint8Array(16).fill(255)).branch()).toBe(`z9hG4bK${'7'.repeat(25)}4`);
  });

  it('throws where the source gives another number of octets', () => {
    expect(() => identifiers(() => new Uint8Array(4)).tag()).toThrow(/16 random octets/);
  });
});

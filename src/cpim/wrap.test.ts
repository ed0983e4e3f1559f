import { describe, expect, it } from 'vitest';
import { wrapWhen } from './wrap.ts';

const text = { content: 'text/plain' };
const wanted = { ...text, wanted: true };

describe('wrapWhen (lesson 12)', () => {
  it.each([
    ['a peer that has not said gets what is wanted', undefined, text, 'plain'],
    ['a peer that has not said gets what is wanted', undefined, wanted, 'wrapped'],
    ['the type alone', ['text/plain'], text, 'plain'],
    ['the type alone, though CPIM is wanted: a server would answer 415', ['text/plain'], wanted, 'plain'],
    ['both', ['text/plain', 'message/cpim'], text, 'plain'],
    ['both', ['text/plain', 'message/cpim'], wanted, 'wrapped'],
    ['CPIM alone', ['message/cpim'], text, 'wrapped'],
    ['CPIM alone, whatever the case', ['Message/CPIM'], text, 'wrapped'],
    ['neither', ['application/sdp'], wanted, 'refused'],
    ['nothing', [], text, 'refused'],
    ['everything', ['*'], text, 'plain'],
    ['everything', ['*/*'], wanted, 'wrapped'],
    ['a range', ['text/*'], text, 'plain'],
    ['a range', ['message/*'], text, 'wrapped'],
    [
      'MSRP: inside CPIM what the peer lists for wrappers',
      ['message/cpim'],
      { ...text, wrapped: ['text/plain'] },
      'wrapped',
    ],
    ['MSRP: inside CPIM nothing besides', ['message/cpim'], { ...text, wrapped: ['text/html'] }, 'refused'],
    [
      'MSRP: what is accepted is accepted in wrappers too',
      ['message/cpim', 'text/plain'],
      { ...wanted, wrapped: [] },
      'wrapped',
    ],
    ['MSRP: everything in wrappers', ['message/cpim'], { ...text, wrapped: ['*'] }, 'wrapped'],
    ['q=0 takes a type out', ['*/*', 'text/plain;q=0'], text, 'wrapped'],
    ['q=0.0 takes CPIM out', ['*/*', 'message/cpim;q=0.0'], wanted, 'plain'],
    ['q=0.1 takes nothing out', ['text/plain;q=0.1'], text, 'plain'],
    ['a range that is less exact does not bring it back', ['text/plain;q=0', 'text/*'], text, 'refused'],
    ['an entry that is no media type', ['text', '', 'text/plain'], text, 'plain'],
    ['*/plain is no range', ['*/plain'], text, 'refused'],
    ['parameters', ['text/plain;charset=utf-8'], { content: 'text/plain;charset=us-ascii' }, 'plain'],
    ['content that is no media type', ['*'], { content: 'text' }, 'refused'],
  ] as const)('%s: %j %j', (_, accepted, question, wrapping) => {
    expect(wrapWhen(accepted, question)).toBe(wrapping);
  });

  it('takes the elements of a parsed Accept', () => {
    const accepted = [{ type: 'message', subtype: 'cpim', params: [{ name: 'q', value: '1' }] }];
    expect(wrapWhen(accepted, { content: { type: 'text', subtype: 'plain', params: [] } })).toBe('wrapped');
  });
});

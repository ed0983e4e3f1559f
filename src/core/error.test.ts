import { describe, expect, it } from 'vitest';
import { EncodeError, ERROR_CODES, within } from './error.ts';

describe('EncodeError', () => {
  it('names path, clause and duty', () => {
    const error = new EncodeError('too long', 'body', 'RFC3428-8', 'PM-4');
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.reason, error.path, error.clause, error.duty]).toEqual([
      'EncodeError',
      'too long',
      'body',
      'RFC3428-8',
      'PM-4',
    ]);
    expect(error.message).toBe('body: too long (PM-4, RFC3428-8)');
    expect(new EncodeError('x', 'y', 'RFC3261-7').message).toBe('y: x (RFC3261-7)');
    expect(new EncodeError('x', '', 'RFC3261-7')).toMatchObject({ message: 'value: x (RFC3261-7)', path: '' });
  });
});

describe('within', () => {
  it.each([
    ['', 'to'],
    ['uri.host', 'to.uri.host'],
    ['[1].params', 'to[1].params'],
  ])('puts a path in front of %j', (path, whole) => {
    const error = within('to', new EncodeError('x', path, 'RFC3261-7', 'PM-4'));
    expect(error).toMatchObject({ path: whole, reason: 'x', clause: 'RFC3261-7', duty: 'PM-4' });
    expect(error).toBeInstanceOf(EncodeError);
  });

  it('leaves every other error as it is', () => {
    const error = new TypeError('x');
    expect(within('to', error)).toBe(error);
  });
});

describe('ERROR_CODES', () => {
  it('is the closed list', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
    expect([...ERROR_CODES].sort().join(' ')).toBe(
      'bare-lf control duplicate encoding escape limit mismatch missing range start-line syntax trailing truncated ' +
        'unsupported unterminated',
    );
  });
});

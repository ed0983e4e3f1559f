import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MESSAGE } from '../testing.ts';

const FOLDER = fileURLToPath(new URL('../../../examples/testees/', import.meta.url));
const octets = (text: string): string => Buffer.from(text).toString('base64');

const XML = '<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>idle</state></isComposing>';
const SDP = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n';

/** What each testee is asked besides, and how it shall answer. */
const ASKED: Readonly<Record<string, readonly (readonly [question: object, outcome: string])[]>> = {
  'sip.mjs': sip(),
  'jssip.mjs': sip(),
  'sip.js.mjs': sip(),
  'drachtio-srf.mjs': sip(),
  'sdp-transform.mjs': [[{ artefact: 'sdp', octets: octets(SDP) }, 'valid']],
  'fast-xml-parser.mjs': [
    [{ artefact: 'iscomposing', octets: octets(XML) }, 'valid'],
    [{ artefact: 'iscomposing', octets: octets(XML.slice(1)) }, 'invalid'],
    [{ artefact: 'imdn', octets: octets(XML) }, 'invalid'],
  ],
  'python_email.py': [
    [{ artefact: 'sip-message', octets: octets(MESSAGE) }, 'valid'],
    [{ artefact: 'sip-message', octets: octets('hello') }, 'invalid'],
  ],
};

function sip(): readonly (readonly [object, string])[] {
  return [
    [{ artefact: 'sip-message', octets: octets(MESSAGE) }, 'valid'],
    [{ artefact: 'sip-message', octets: octets('hello') }, 'invalid'],
    [{ artefact: 'sip-uri', text: 'sip:alice@example.com;transport=tcp' }, 'valid'],
    [{ artefact: 'sip-uri', text: 'nothing' }, 'invalid'],
    [{ artefact: 'header/CSeq', text: '1 MESSAGE' }, 'valid'],
  ];
}

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the testees of examples/testees', () => {
  it('are all asked here, and a page long each', () => {
    const names = readdirSync(FOLDER).filter((name) => /\.(mjs|py)$/.test(name));
    expect(names.sort()).toEqual([...Object.keys(ASKED), 'scores.mjs', 'serve.mjs'].sort());
    for (const name of names) expect(readFileSync(FOLDER + name, 'utf8').split('\n').length - 1, name).toBeLessThan(80);
  });

  for (const [name, asked] of Object.entries(ASKED)) {
    const isPython = name.endsWith('.py');
    const missing = isPython && !hasPython;
    it.skipIf(missing)(`${name} speaks the protocol${missing ? ' (not run: there is no python3)' : ''}`, () => {
      const unknown = [{ artefact: 'header/Nonsense', text: 'x' }, 'unsupported'] as const;
      const all = [...asked, unknown];
      const lines = all.map(([question], id) => JSON.stringify({ id, op: 'decode', ...question }));
      const input = `${[...lines, JSON.stringify({ id: 'list', op: 'list' })].join('\n')}\n`;
      const { stdout, stderr, status } = spawnSync(isPython ? 'python3' : process.execPath, [FOLDER + name], { input });
      expect([stderr.toString(), status]).toEqual(['', 0]);
      const answers = stdout
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(answers.map(({ id, outcome }) => [id, outcome])).toEqual([
        ...all.map(([, outcome], id) => [id, outcome]),
        ['list', 'unsupported'],
      ]);
    });
  }
});

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences, documents } from './compiled/index.ts';
import { type Expression, grammar, grammarNames } from './grammar.ts';
import { recognise } from './recognise.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function compile(root: string, ...args: string[]): { ok: boolean; output: string } {
  try {
    const output = execFileSync(process.execPath, [join(root, 'grammars/compile.mjs'), ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { ok: true, output };
  } catch (error) {
    return { ok: false, output: String((error as { stderr?: string }).stderr) };
  }
}

describe('compiled grammars', () => {
  it('are what grammars/ compiles to', () => {
    expect(compile(ROOT, '--check')).toMatchObject({ ok: true });
  });

  it('define every rule that a rule uses, and none is left-recursive or endless', () => {
    let rules = 0;
    for (const name of grammarNames) {
      const one = grammar(name);
      for (const rule of one.rules) {
        expect(one.rule(rule).parts.length).toBe(1);
        rules++;
      }
    }
    expect(rules).toBeGreaterThan(900);
  });

  it('are plain data', () => {
    expect(JSON.parse(JSON.stringify(documents))).toEqual(documents);
    expect(JSON.parse(JSON.stringify(differences))).toEqual(differences);
  });

  it('have a patch for each rule that was changed, with its reason', () => {
    const index = JSON.parse(readFileSync(join(ROOT, 'grammars/index.json'), 'utf8')) as {
      documents: { document: string; patches?: { rule: string; reason?: string; erratum?: string }[] }[];
    };
    expect(index.documents.map((d) => d.document)).toEqual(documents.map((d) => d.document));
    for (const { patches } of index.documents)
      for (const p of patches ?? []) expect(p.reason ?? p.erratum).toBeTruthy();
  });
});

describe('grammars/compile.mjs', () => {
  let copy = '';
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'grammars-'));
    cpSync(join(ROOT, 'grammars'), join(copy, 'grammars'), { recursive: true });
    cpSync(join(ROOT, 'src/testing/abnf/compiled'), join(copy, 'src/testing/abnf/compiled'), { recursive: true });
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  const withText = (file: string, change: (text: string) => string): { ok: boolean; output: string } => {
    const path = join(copy, 'grammars', file);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, change(before));
    const result = compile(copy, '--check');
    writeFileSync(path, before);
    return result;
  };

  it.each<[string, string, (text: string) => string, RegExp]>([
    ['a rule that was changed', 'rfc3323.abnf', (t) => t.replace('"user"', '"users"'), /stale: rfc3323\.ts/],
    [
      'a rule that is not defined',
      'rfc3323.abnf',
      (t) => t.replace('token', 'tokenn'),
      /uses tokenn, which is not defined/,
    ],
    [
      'a rule that is defined twice',
      'rfc3323.abnf',
      (t) => `${t}\nPrivacy-hdr = "x"\n`,
      /Privacy-hdr is defined twice/,
    ],
    [
      'a bracket left open',
      'rfc3323.abnf',
      (t) => t.replace('*(";" priv-value)', '*(";" priv-value'),
      /a bracket is open/,
    ],
    ['prose', 'rfc3323.abnf', (t) => t.replace('/ token', '/ <any token>'), /an element is expected at "<any token>/],
    [
      'a patch that finds nothing',
      'rfc3261.abnf',
      (t) => t.replace('[*WSP CRLF] 1*WSP', '1*SP'),
      /patch of LWS: 0 definitions/,
    ],
    [
      'a document that is not listed',
      'index.json',
      (t) => t.replace('"rfc4028.abnf"', '"rfc3326.abnf"'),
      /not in index\.json: rfc4028/,
    ],
    [
      'a patch without a reason',
      'index.json',
      (t) => t.replace('"reason": "prose: zero characters"', '"reason": ""'),
      /neither reason nor erratum/,
    ],
  ])('refuses %s', (_, file, change, message) => {
    const { ok, output } = withText(file, change);
    expect(ok).toBe(false);
    expect(output).toMatch(message);
  });
});

describe('what the documents say of each other', () => {
  const rule = (document: string, name: string): Expression | undefined =>
    documents.find((d) => d.document === document)?.rules[name];

  it('keeps the published rule where no patch says otherwise', () => {
    expect(rule('RFC3261', 'hostname')).toEqual([
      'seq',
      ['rep', 0, null, ['seq', 'domainlabel', ['text', '.']]],
      'toplabel',
      ['rep', 0, 1, ['text', '.']],
    ]);
  });

  it('extends a rule for the grammars that import the extension, and only for those', () => {
    const text = '*;priority="#<=5"';
    expect(recognise(grammar('RFC3841'), 'ac-value', text).outcome).toBe('match');
    expect(grammar('RFC3261').rule('contact-params').text).toBe('contact-params');
    expect(grammar('RFC3261').rule('contact-params').owner).toBe('RFC3261 contact-params');
    expect(grammar('RFC3841').rule('contact-params').owner).toBe('RFC3840 contact-params');
    expect(grammar('RFC3325').rule('priv-value').parts[0]?.text).toMatch(/ \/ "id"$/);
    expect(grammar('RFC3323').rule('priv-value').parts[0]?.text).not.toMatch(/"id"/);
  });

  it('keeps rules of one name in two documents apart', () => {
    expect(recognise(grammar('RFC3329'), 'algorithm', 'alg=hmac-md5-96').outcome).toBe('match');
    expect(recognise(grammar('RFC3261'), 'algorithm', 'algorithm=MD5').outcome).toBe('match');
    expect(recognise(grammar('RFC3329'), 'algorithm', 'algorithm=MD5').outcome).toBe('no-match');
  });

  it('throws for what it does not have', () => {
    expect(() => grammar('RFC9999')).toThrow(RangeError);
    expect(() => grammar('RFC3261').rule('nonsense')).toThrow(RangeError);
  });
});

// Reads the grammars of the documents, applies the patches of index.json, checks them, and writes them as data.
//
//   node grammars/compile.mjs            writes src/testing/abnf/compiled/
//   node grammars/compile.mjs --check    writes nothing; fails when what is there is stale
//   node grammars/compile.mjs --report   also lists the rules that no rule uses
//
// A patch names a rule and the text `was` of its definition that `now` takes the place of (comments out, blanks
// collapsed, "=" or "=/" included). `was: null` adds definitions; `now: null` takes one away. In a patch, and only
// there, <RFC3986 host> is the rule of that name in another document.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TARGET = here('../src/testing/abnf/compiled/');
const CORE = 'RFC5234';

class GrammarError extends Error {}

/** The definitions of a text: a name at the left margin and "=", "=/" or ":=" begin one, all that follows belongs to it. */
function definitions(text) {
  const found = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = withoutComment(raw);
    const start = /^([A-Za-z][A-Za-z0-9-]*)\s*(=\/|:=|=)(?=\s|$)(.*)$/.exec(line);
    if (start) found.push({ name: start[1], text: `${start[2] === '=/' ? '=/' : '='} ${start[3]}` });
    else if (line.trim() !== '') {
      if (found.length === 0) throw new GrammarError(`"${line.trim()}" stands before the first rule`);
      found.at(-1).text += ` ${line}`;
    }
  }
  for (const definition of found) definition.text = collapsed(definition.text);
  return found;
}

/** A semicolon begins a comment, but not inside "…" nor inside <…>. */
function withoutComment(line) {
  let close = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (close) {
      if (c === close) close = '';
    } else if (c === ';') return line.slice(0, i);
    else if (c === '"') close = '"';
    else if (c === '<') close = '>';
  }
  return line;
}

const collapsed = (text) => text.replace(/\s+/g, ' ').trim();
const lower = (name) => name.toLowerCase();

function applyPatches(entry, found) {
  for (const patch of entry.patches ?? []) {
    const where = `${entry.document}, patch of ${patch.rule}`;
    if (!patch.reason && !patch.erratum) throw new GrammarError(`${where}: neither reason nor erratum`);
    if (patch.was === null) {
      const added = definitions(Array.isArray(patch.now) ? patch.now.join('\n') : patch.now);
      for (const definition of added) found.push({ ...definition, patched: true });
      continue;
    }
    const was = collapsed(patch.was);
    const hits = found.filter((d) => lower(d.name) === lower(patch.rule) && d.text.includes(was));
    if (hits.length !== 1) throw new GrammarError(`${where}: ${hits.length} definitions contain "${was}"`);
    const [hit] = hits;
    if (patch.now === null) {
      found.splice(found.indexOf(hit), 1);
      continue;
    }
    const at = hit.text.indexOf(was);
    if (hit.text.indexOf(was, at + 1) >= 0) throw new GrammarError(`${where}: "${was}" occurs twice`);
    hit.text = collapsed(hit.text.slice(0, at) + patch.now + hit.text.slice(at + was.length));
    hit.patched = true;
  }
}

/** RFC 5234 section 4, and %s"…" and %i"…" of RFC 7405. */
function parseElements(source, options) {
  let i = 0;
  const fail = (what) => {
    throw new GrammarError(`${options.where}: ${what} at "${source.slice(i, i + 24)}" in ${source}`);
  };
  const blanks = () => {
    while (source[i] === ' ') i++;
  };
  const take = (pattern) => {
    pattern.lastIndex = i;
    const match = pattern.exec(source);
    if (match) i = pattern.lastIndex;
    return match;
  };
  const alternation = () => {
    const parts = [concatenation()];
    for (blanks(); source[i] === '/'; blanks()) {
      i++;
      parts.push(concatenation());
    }
    return parts.length === 1 ? parts[0] : ['any', ...parts];
  };
  const concatenation = () => {
    const parts = [];
    for (blanks(); i < source.length && !'/)]'.includes(source[i]); blanks()) parts.push(repetition());
    if (parts.length === 0) fail('an element is expected');
    return parts.length === 1 ? parts[0] : ['seq', ...parts];
  };
  const repetition = () => {
    const count = take(/(\d*)\*(\d*)|(\d+)/y);
    if (!count) return element();
    blanks(); // RFC 3515 breaks a line behind the asterisk
    if (count[3] !== undefined) return ['rep', Number(count[3]), Number(count[3]), element()];
    return ['rep', Number(count[1] || 0), count[2] ? Number(count[2]) : null, element()];
  };
  const element = () => {
    const c = source[i];
    if (c === '(' || c === '[') {
      i++;
      const inner = alternation();
      blanks();
      if (source[i] !== (c === '(' ? ')' : ']')) fail('a bracket is open');
      i++;
      return c === '(' ? inner : ['rep', 0, 1, inner];
    }
    const text = take(/(%[si])?"([^"]*)"/y);
    if (text) {
      const exact = text[1] === '%s' || (text[1] === undefined && options.caseSensitive);
      return exact ? ['octets', ...new TextEncoder().encode(text[2])] : ['text', text[2]];
    }
    const value = take(/%([xdb])([0-9A-F]+)(?:-([0-9A-F]+)|((?:\.[0-9A-F]+)+))?/iy);
    if (value) {
      const radix = { x: 16, d: 10, b: 2 }[lower(value[1])];
      const octet = (digits) => {
        const n = Number.parseInt(digits, radix);
        return n <= 255 ? n : fail('an octet is expected');
      };
      if (value[3]) return ['range', octet(value[2]), octet(value[3])];
      if (value[4]) return ['octets', ...[value[2], ...value[4].slice(1).split('.')].map(octet)];
      return ['octets', octet(value[2])];
    }
    const name = take(/[A-Za-z][A-Za-z0-9-]*/y);
    if (name) return { name: name[0] };
    const qualified = options.patched ? take(/<([A-Z0-9-]+) ([A-Za-z][A-Za-z0-9-]*)>/y) : null;
    if (qualified) return { name: qualified[2], document: qualified[1] };
    return fail('an element is expected');
  };
  const whole = alternation();
  if (i < source.length) fail('something is left');
  return whole;
}

/** One document: its rules by lower-case name, with references not yet resolved. */
function readDocument(entry, texts) {
  const found = definitions(texts(entry.file));
  applyPatches(entry, found);
  const rules = new Map();
  for (const { name, text, patched } of found) {
    const where = `${entry.document} ${name}`;
    const more = text.startsWith('=/');
    const expression = parseElements(text.slice(more ? 2 : 1).trim(), {
      where,
      patched: patched === true,
      caseSensitive: entry.caseSensitive === true,
    });
    const known = rules.get(lower(name));
    if (!known) rules.set(lower(name), { name, expression, more });
    else if (more) known.expression = ['any', ...alternatives(known.expression), ...alternatives(expression)];
    else if (JSON.stringify(known.expression) !== JSON.stringify(expression))
      throw new GrammarError(`${where} is defined twice`);
  }
  return { entry, rules };
}

const alternatives = (expression) => (expression[0] === 'any' ? expression.slice(1) : [expression]);

/** The rule of a header holds the header's name; its codec sees the value alone. That part gets the name "X:value". */
function valuePart(expression) {
  if (expression[0] !== 'seq') return undefined;
  const parts = expression.slice(1);
  const colon = parts.findIndex((part) => part.name === 'HCOLON');
  const literal = (part) =>
    part?.[0] === 'text' ? part[1] : part?.[0] === 'octets' ? String.fromCharCode(...part.slice(1)) : '';
  let from = -1;
  if (colon >= 0) from = colon + 1;
  else if (literal(parts[0]).endsWith(':') && parts[1]?.name === 'SP') from = 2;
  else if (literal(parts[0]) !== '' && literal(parts[1]).trimEnd() === ':') from = 2;
  if (from < 0) return undefined;
  const rest = parts.slice(from);
  return rest.length === 0 ? ['text', ''] : rest.length === 1 ? rest[0] : ['seq', ...rest];
}

function compile(index, texts) {
  const documents = new Map();
  for (const entry of index.documents) {
    if (documents.has(entry.document)) throw new GrammarError(`${entry.document} is listed twice`);
    documents.set(entry.document, readDocument(entry, texts));
  }
  const used = new Set();
  const problems = [];

  const importsOf = (entry) => {
    const list = (entry.imports ?? []).map((i) => (typeof i === 'string' ? { document: i } : i));
    return entry.document === CORE ? list : [...list, { document: CORE }];
  };
  const lookUp = (entry, name) => {
    const hits = [];
    for (const { document, rules } of importsOf(entry)) {
      const from = documents.get(document);
      if (!from) throw new GrammarError(`${entry.document} imports ${document}, which is not listed`);
      if (rules && !rules.some((rule) => lower(rule) === lower(name))) continue;
      const hit = from.rules.get(lower(name));
      const target = hit?.more ? lookUp(from.entry, name) : hit && `${document} ${hit.name}`;
      if (target && !hits.includes(target)) hits.push(target);
    }
    const outsideCore = hits.filter((hit) => !hit.startsWith(`${CORE} `));
    if (outsideCore.length > 1) problems.push(`${entry.document}: ${name} may be ${outsideCore.join(' or ')}`);
    return outsideCore[0] ?? hits[0];
  };
  const resolve = (entry, rules, where, expression) => {
    if (Array.isArray(expression)) {
      return expression.map((part) =>
        typeof part === 'object' && part !== null ? resolve(entry, rules, where, part) : part,
      );
    }
    let target;
    if (expression.document) {
      const hit = documents.get(expression.document)?.rules.get(lower(expression.name));
      target = hit && `${expression.document} ${hit.name}`;
    } else {
      const own = rules.get(lower(expression.name));
      target = own && !own.extended ? own.name : lookUp(entry, expression.name);
    }
    if (!target) {
      problems.push(`${where} uses ${expression.name}, which is not defined`);
      return expression.name;
    }
    used.add(target.includes(' ') ? target : `${entry.document} ${target}`);
    return target;
  };

  const compiled = [];
  for (const { entry, rules } of documents.values()) {
    const extended = {};
    const replaced = {};
    for (const rule of rules.values()) {
      const takes = (entry.redefines ?? []).includes(rule.name);
      if (!rule.more && !takes) continue;
      const base = lookUp(entry, rule.name);
      if (!base) throw new GrammarError(`${entry.document} ${rule.name}: nothing to extend or redefine in the imports`);
      (rule.more ? extended : replaced)[rule.name] = base;
      rule.extended = rule.more;
    }
    const out = {};
    for (const { name, expression } of rules.values()) {
      out[name] = resolve(entry, rules, `${entry.document} ${name}`, expression);
      const value = valuePart(expression);
      if (value) out[`${name}:value`] = resolve(entry, rules, `${entry.document} ${name}`, value);
    }
    compiled.push({
      document: entry.document,
      section: entry.section,
      imports: importsOf(entry).map((i) => i.document),
      extends: extended,
      replaces: replaced,
      rules: out,
    });
  }
  for (const row of index.differences) {
    const rules = documents.get(row.document)?.rules;
    const rule = lower(row.rule.replace(/:value$/, ''));
    if (!rules?.has(rule)) problems.push(`difference ${row.id}: ${row.document} has no rule ${row.rule}`);
    if (!row.reason || !row.clause || !row.artefact)
      problems.push(`difference ${row.id}: reason, clause or artefact is missing`);
    if (row.codec !== 'stricter' && row.codec !== 'more tolerant')
      problems.push(`difference ${row.id}: codec is "${row.codec}"`);
  }
  const ids = index.differences.map((row) => row.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`difference ${id} is listed twice`);
  if (problems.length > 0) throw new GrammarError([...new Set(problems)].join('\n'));

  const unused = [];
  for (const { document, rules, extends: more } of compiled) {
    for (const name of Object.keys(rules)) {
      if (!name.includes(':') && !(name in more) && !used.has(`${document} ${name}`))
        unused.push(`${document} ${name}`);
    }
  }
  return { compiled, unused };
}

const HEAD =
  '// Written by grammars/compile.mjs: change grammars/ and run it again.\n// biome-ignore-all format: written by a program\n';
const constant = (document) => document.toLowerCase().replace(/-([a-z0-9])/g, (_, c) => c.toUpperCase());
const file = (document) => `${document.toLowerCase()}.ts`;

function emit({ compiled }, differences) {
  const files = new Map();
  for (const document of compiled) {
    const { rules, ...head } = document;
    const lines = Object.entries(rules).map(
      ([name, expression]) => `    ${JSON.stringify(name)}: ${JSON.stringify(expression)},`,
    );
    const fields = Object.entries(head).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`);
    files.set(
      file(document.document),
      `${HEAD}import type { CompiledDocument } from '../grammar.ts';\n\nexport const ${constant(document.document)}: CompiledDocument = {\n${fields.join('\n')}\n  rules: {\n${lines.join('\n')}\n  },\n};\n`,
    );
  }
  const imports = compiled.map(({ document }) => `import { ${constant(document)} } from './${file(document)}';`).sort();
  const list = compiled.map(({ document }) => `  ${constant(document)},`);
  const rows = differences.map((row) => `  ${JSON.stringify(row)},`);
  files.set(
    'index.ts',
    `${HEAD}import type { CompiledDocument, Difference } from '../grammar.ts';\n${imports.join('\n')}\n\n` +
      `export const documents: readonly CompiledDocument[] = [\n${list.join('\n')}\n];\n\n` +
      `export const differences: readonly Difference[] = [\n${rows.join('\n')}${rows.length ? '\n' : ''}];\n`,
  );
  return files;
}

function stale(files) {
  const present = new Set(readdirSync(TARGET, { withFileTypes: true }).map((d) => d.name));
  const wrong = [...files].filter(([name, text]) => !present.has(name) || readFileSync(TARGET + name, 'utf8') !== text);
  return [...wrong.map(([name]) => name), ...[...present].filter((name) => !files.has(name))];
}

function main(args) {
  const index = JSON.parse(readFileSync(here('index.json'), 'utf8'));
  const listed = new Set(index.documents.map((entry) => entry.file));
  const lost = readdirSync(here('.')).filter((name) => name.endsWith('.abnf') && !listed.has(name));
  if (lost.length > 0) throw new GrammarError(`not in index.json: ${lost.join(', ')}`);
  const result = compile(index, (name) => readFileSync(here(name), 'utf8'));
  const files = emit(result, index.differences);
  if (args.includes('--check')) {
    const wrong = stale(files);
    if (wrong.length > 0) throw new GrammarError(`stale: ${wrong.join(', ')}; run node grammars/compile.mjs`);
  } else {
    rmSync(TARGET, { recursive: true, force: true });
    mkdirSync(TARGET, { recursive: true });
    for (const [name, text] of files) writeFileSync(TARGET + name, text);
  }
  for (const { document, rules } of result.compiled) {
    const names = Object.keys(rules).filter((name) => !name.includes(':'));
    const free = result.unused.filter((name) => name.startsWith(`${document} `)).map((name) => name.split(' ')[1]);
    console.log(
      `${document.padEnd(8)} ${String(names.length).padStart(4)} rules, ${String(free.length).padStart(3)} that no rule uses`,
    );
    if (args.includes('--report') && free.length > 0) console.log(`         ${free.join(' ')}`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof GrammarError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

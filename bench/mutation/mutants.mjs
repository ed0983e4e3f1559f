// What may be broken in a source file: one small change at a time, found in the syntax tree. Types, imports, comments,
// message texts and citations are left alone: they decide nothing, and the registry's own test holds the citations.
import ts from 'typescript';

/** Each operator and what it becomes. */
const OPERATORS = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '&&=': '||=',
  '||=': '&&=',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '<<': '>>',
  '>>': '<<',
  '+=': '-=',
  '-=': '+=',
  '|=': '&=',
};

/** Functions that refuse, and the place of the text for people among their arguments. */
const MESSAGE_ARGUMENT = { EncodeError: 0, broken: 3, startLine: 3, fail: 3, unexpected: 2 };

const CITATION = /^(RFC|OMA|ERRATA?)[A-Za-z0-9]*-/;

/**
 * @returns `{ mutants, measured }`: the mutants `{ file, line, column, source, what, start, end, text, block }`, and
 * the source with `__hit[block] = 1` in each block. The first block is the module itself.
 */
export function dissect(file, source, firstBlock) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const lines = source.split('\n');
  const mutants = [];
  const insertions = [];
  let blocks = firstBlock;
  let current = firstBlock;

  function add(node, start, end, text, what) {
    const { line, character } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    const before = mutants.filter((other) => other.line === line + 1 && other.change === what).length;
    mutants.push({
      file,
      line: line + 1,
      column: character + 1,
      source: lines[line].trim(),
      change: what,
      what: before === 0 ? what : `${what} #${before + 1}`,
      start,
      end,
      text,
      block: current,
    });
  }

  function replace(node, text, what) {
    add(node, node.getStart(tree), node.end, text, what);
  }

  /** A block of its own for what stands inside `node`. */
  function enter(node) {
    const block = blocks++;
    if (ts.isBlock(node)) insertions.push([node.getStart(tree) + 1, `__hit[${block}] = 1;`]);
    else if (ts.isCaseOrDefaultClause(node)) {
      const first = node.statements[0];
      if (first !== undefined) insertions.push([first.getStart(tree), `__hit[${block}] = 1;`]);
    } else insertions.push([node.getStart(tree), `(__hit[${block}] = 1, `], [node.end, ')']);
    return block;
  }

  function visit(node, outer) {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeParameterDeclaration(node)) return;
    let block = outer;
    const { parent } = node;
    const body = parent !== undefined && ts.isArrowFunction(parent) && parent.body === node;
    if (ts.isBlock(node) || ts.isCaseOrDefaultClause(node) || body) block = enter(node);
    current = block;
    mutate(node);
    // What a function does before its body, such as giving parameters their defaults, happens when the body does.
    const inside = ts.isFunctionLike(node) && node.body !== undefined ? blocks : block;
    ts.forEachChild(node, (child) => visit(child, ts.isParameter(child) ? inside : block));
  }

  function mutate(node) {
    if (ts.isBinaryExpression(node)) mutateOperator(node);
    else if (ts.isNumericLiteral(node)) {
      const value = Number(node.getText(tree).replaceAll('_', ''));
      replace(node, `(${value + 1})`, `${node.getText(tree)} -> ${value + 1}`);
      replace(node, `(${value - 1})`, `${node.getText(tree)} -> ${value - 1}`);
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false', 'true -> false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true', 'false -> true');
    else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      replace(node, `(${node.operand.getText(tree)})`, '! removed');
    } else if (ts.isConditionalExpression(node)) {
      add(
        node.condition,
        node.condition.getStart(tree),
        node.condition.end,
        `!(${node.condition.getText(tree)})`,
        '?: swapped',
      );
    } else if (ts.isIfStatement(node) && node.elseStatement === undefined && jumps(node.thenStatement)) {
      const { expression } = node;
      add(node, expression.getStart(tree), expression.end, `(${expression.getText(tree)}) && false`, 'guard removed');
    } else if (ts.isExpressionStatement(node)) replace(node, ';', `removed: ${node.getText(tree).split('\n')[0]}`);
    else if (ts.isStringLiteral(node) && decides(node)) replace(node, "''", `${node.getText(tree)} -> ''`);
  }

  function mutateOperator({ left, right, operatorToken }) {
    const operator = operatorToken.getText(tree);
    const text = OPERATORS[operator];
    if (text === undefined || (operator.startsWith('+') && (isText(left) || isText(right)))) return;
    replace(operatorToken, text, `${operator} -> ${text}`);
  }

  insertions.push([0, `__hit[${blocks}] = 1;`]);
  visit(tree, blocks++);
  return { mutants, measured: spliced(source, insertions), blocks };
}

function isText(node) {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function jumps(statement) {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (last === undefined) return false;
  return (
    ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last) || ts.isBreakStatement(last)
  );
}

/** Whether a string is more than a text for people or a citation. */
function decides({ text, parent }) {
  if (text === '' || CITATION.test(text)) return false;
  let node = parent;
  if (ts.isPropertyAssignment(node) && (node.name.text === text || node.name.text === 'expected')) return false;
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return true;
  const argument = node.arguments.findIndex((each) => each.text === text);
  node = node.expression;
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : node.text;
  return !Object.hasOwn(MESSAGE_ARGUMENT, name) || MESSAGE_ARGUMENT[name] !== argument;
}

function spliced(source, insertions) {
  insertions.sort(([a], [b]) => a - b);
  let text = '';
  let from = 0;
  for (const [at, inserted] of insertions) {
    text += source.slice(from, at) + inserted;
    from = at;
  }
  return text + source.slice(from);
}

/** Applies a mutant to its source. */
export function applied(source, { start, end, text }) {
  return source.slice(0, start) + text + source.slice(end);
}

/** TypeScript as the body of a CommonJS module. */
export function compiled(source) {
  const { outputText } = ts.transpileModule(source.replaceAll('import.meta.url', '__url'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  return outputText;
}

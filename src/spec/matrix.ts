/*
 * The registry and what serves and proves it as a page of Markdown: docs/duties.md.
 */
import { DUTY_PARTS, type DutyPart } from './duties.ts';
import { servedParts, type Trace, type TracedDuty } from './traceability.ts';

/** The whole page. The same trace gives the same text. */
export function matrix({ duties }: Trace): string {
  const proved = duties.filter((one) => one.duty.open === undefined);
  const begun = duties.filter((one) => one.duty.open !== undefined && one.code.length > 0);
  const header = `| duty | level | section | what | ${DUTY_PARTS.join(' | ')} | tests + | tests − | code |`;
  return [
    '# Duties',
    '',
    'Every duty of the client in OMA Instant Messaging using SIMPLE, what the library does for it, and what proves it.',
    'Written by `npm run matrix` from `src/spec/duties.ts`, the docstrings and the tests; a test fails when it is stale.',
    '',
    `${duties.length} duties: ${proved.length} served whole, ${begun.length} in part, ` +
      `${duties.length - proved.length - begun.length} open.`,
    '',
    '`✓` code serves the part · `open` nothing serves it yet (reasons below) · blank: the duty asks for nothing there.',
    '',
    header,
    `|${' --- |'.repeat(DUTY_PARTS.length + 7)}`,
    ...duties.map(row),
    '',
    '## What is open',
    '',
    '| duty | part | what is missing |',
    '| --- | --- | --- |',
    ...duties.flatMap(openRows),
    '',
  ].join('\n');
}

function row({ duty, code, proofs }: TracedDuty): string {
  const served = servedParts(code);
  const cells = DUTY_PARTS.map((part) => {
    if (!duty.owns.includes(part)) return '';
    return served.has(part) ? '✓' : 'open';
  });
  const negative = proofs.filter((one) => one.negative).length;
  const files = [...new Set(code.map(({ path }) => path))].sort().map((path) => `\`${path}\``);
  return `| ${[
    duty.id,
    duty.level,
    duty.section,
    duty.summary,
    ...cells,
    proofs.length - negative || '',
    negative || '',
    files.join(' '),
  ].join(' | ')} |`;
}

function openRows({ duty }: TracedDuty): string[] {
  return (Object.entries(duty.open ?? {}) as [DutyPart, string][]).map(
    ([part, missing]) => `| ${duty.id} | ${part} | ${missing} |`,
  );
}

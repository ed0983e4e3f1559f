/* The torture messages: what decoding and the strict check say, against their verdicts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check, passes } from '../../check/check.ts';
import { sipMessage } from '../../sip/message.ts';
import type { SectionMaker } from './section.ts';

interface Verdict {
  readonly file: string;
  readonly decode: 'valid' | 'invalid';
  readonly check: 'valid' | 'invalid' | 'either';
  readonly errors: readonly { readonly field: string; readonly optional?: boolean }[];
}

const SETS = [
  ['rfc4475', 'RFC 4475'],
  ['rfc5118', 'IPv6, in the manner of RFC 5118'],
] as const;

export const torture: SectionMaker = async ({ fixtures }) => {
  const lines: string[] = [];
  const wrong: string[] = [];
  const counts: string[] = [];
  for (const [set, name] of SETS) {
    const folder = join(fixtures, 'torture', set);
    const verdicts = JSON.parse(await readFile(join(folder, 'verdicts.json'), 'utf8')) as readonly Verdict[];
    const before = wrong.length;
    const undecoded: string[] = [];
    let valid = 0;
    for (const verdict of verdicts) {
      const octets = new Uint8Array(await readFile(join(folder, verdict.file)));
      const fault = faultOf(octets, verdict);
      if (fault !== undefined) wrong.push(`${set}/${verdict.file}: ${fault}`);
      if (verdict.decode === 'invalid') undecoded.push(verdict.file.slice(0, -4));
      if (passes(check(octets, { profile: 'sip' }))) valid++;
    }
    const right = verdicts.length - (wrong.length - before);
    counts.push(`${right} of ${verdicts.length}`);
    const refused = undecoded.length === 0 ? 'none refused' : `refused: ${undecoded.join(' ')}`;
    lines.push(
      `  ${name}: ${right} of ${verdicts.length} as their verdicts ask; ${valid} pass the strict check; ${refused}`,
    );
  }
  return { title: 'Torture', summary: `${counts.join(' and ')} right`, lines, wrong };
};

function faultOf(octets: Uint8Array, verdict: Verdict): string | undefined {
  const decoded = sipMessage.decode(octets).ok ? 'valid' : 'invalid';
  if (decoded !== verdict.decode) return `decode says ${decoded}`;
  const report = check(octets, { profile: 'sip' });
  const checked = passes(report) ? 'valid' : 'invalid';
  if (verdict.check !== 'either' && checked !== verdict.check) return `check says ${checked}`;
  const found = new Set(report.findings.filter(({ severity }) => severity === 'error').map(({ field }) => field));
  const missed = verdict.errors.find(({ field, optional }) => optional !== true && !found.has(field));
  if (missed !== undefined) return `no error of ${missed.field}`;
  const extra = [...found].find((field) => !verdict.errors.some((error) => error.field === field));
  return extra === undefined ? undefined : `an error of ${extra} beyond the verdict`;
}

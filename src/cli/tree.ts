/*
 * A value as indented lines for people: URIs and parameters in one piece, everything else by its names.
 */
import { EncodeError } from '../core/error.ts';
import type { Param } from '../core/params.ts';
import { formatUri, type Uri } from '../sip/uri.ts';
import { printable } from './style.ts';

/** Lines without their line ends, each beginning with `indent`. */
export function tree(value: unknown, indent: string): readonly string[] {
  const lines: string[] = [];
  grow(value, indent, lines);
  return lines;
}

function grow(value: unknown, indent: string, lines: string[]): void {
  const short = leaf(value);
  if (short !== undefined) {
    if (short !== '') lines.push(`${indent}${short}`);
    return;
  }
  if (Array.isArray(value)) {
    if (value.length === 1) grow(value[0], indent, lines);
    else for (const [i, element] of value.entries()) branch(`[${i}]`, element, indent, lines);
    return;
  }
  for (const [key, inner] of Object.entries(value as object))
    if (inner !== undefined) branch(key, inner, indent, lines);
}

function branch(name: string, value: unknown, indent: string, lines: string[]): void {
  const short = leaf(value);
  if (short === undefined) {
    lines.push(`${indent}${name}`);
    grow(value, `${indent}  `, lines);
  } else if (short !== '') lines.push(`${indent}${name} ${short}`);
}

/** What fits on one line; `''` for what says nothing, `undefined` for what needs lines of its own. */
function leaf(value: unknown): string | undefined {
  if (typeof value === 'string')
    return JSON.stringify(value) === `"${value}"` ? printable(value) : printable(JSON.stringify(value));
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Uint8Array) return `${value.length} octets`;
  if (Array.isArray(value)) return list(value);
  return isUri(value) ? uriText(value) : undefined;
}

function list(values: readonly unknown[]): string | undefined {
  if (values.length === 0) return '';
  if (values.every(isParam)) return values.map(paramText).join(' ');
  return values.every((value) => typeof value === 'string') ? printable(values.join(', ')) : undefined;
}

function isParam(value: unknown): value is Param {
  return typeof value === 'object' && value !== null && 'name' in value && 'quoted' in value;
}

function paramText({ name, value, quoted }: Param): string {
  if (value === undefined) return `;${name}`;
  return printable(`;${name}=${quoted === true ? JSON.stringify(value) : value}`);
}

function isUri(value: object): value is Uri {
  return 'scheme' in value && ('host' in value || 'number' in value || 'rest' in value);
}

function uriText(uri: Uri): string | undefined {
  try {
    return printable(formatUri(uri));
  } catch (error) {
    if (error instanceof EncodeError) return undefined;
    throw error;
  }
}

/*
 * Writing resource lists (RFC 4826 3.2) in the fewest octets: no blanks between elements, one prefix for copyControl.
 */
import { type ClauseId, EncodeError } from '../core/error.ts';
import { whole } from '../core/write.ts';
import { XML_DECLARATION } from './declaration.ts';
import type { XmlAttribute, XmlElement } from './element.ts';
import type { XmlName } from './names.ts';
import type { CopiedMember, DisplayName, ListMember, ResourceList, ResourceLists } from './resource-lists.ts';
import { escapeText, escapeValue, formatElement, formatStart, lookUp, type Scope } from './writer.ts';

export const RESOURCE_LISTS = 'urn:ietf:params:xml:ns:resource-lists';
export const COPY_CONTROL = 'urn:ietf:params:xml:ns:copycontrol';
/** How the examples of RFC 5365 and 5366 spell it. */
export const COPY_CONTROL_OF_THE_EXAMPLES = 'urn:ietf:params:xml:ns:copyControl';

const CLAUSE: ClauseId = 'RFC4826-3.2';
const COPY_CLAUSE: ClauseId = 'RFC5364-5';
const MEMBERS = ['entry', 'entry-ref', 'external', 'list'];

/** What holds in the whole document. */
interface Writing {
  readonly scope: Scope | undefined;
  /** Of copyControl and its like. */
  readonly prefix: string;
  readonly namespace: string;
}

/** The document as text. Throws EncodeError. */
export function formatLists(value: ResourceLists): string {
  const attributes = value.attributes ?? [];
  const namespace = value.copyControlOfTheExamples === true ? COPY_CONTROL_OF_THE_EXAMPLES : COPY_CONTROL;
  const prefix = freePrefix(attributes, undefined);
  const root = formatStart(own('resource-lists'), attributes, undefined, 'resource-lists', CLAUSE);
  const used = value.lists.some(usesCopyControl);
  const scope: Scope | undefined = used ? { prefix, namespace, outer: root.scope } : root.scope;
  const writing: Writing = { scope, prefix, namespace };
  let text = `${XML_DECLARATION}${root.text}${used ? ` xmlns:${prefix}="${namespace}"` : ''}>`;
  value.lists.forEach((list, i) => {
    text += formatList(list, writing, scope, `lists[${i}]`);
  });
  value.extensions?.forEach((element, i) => {
    const path = `extensions[${i}]`;
    if (isOwn(element, ['list'])) throw new EncodeError('a list is no extension', path, CLAUSE);
    text += formatElement(element, scope, path, CLAUSE);
  });
  return `${text}</resource-lists>`;
}

function formatList(list: ResourceList, writing: Writing, around: Scope | undefined, path: string): string {
  const start = formatStart(own('list'), list.attributes, around, path, CLAUSE);
  reserve(list.attributes, 'name', path);
  const name = list.name === undefined ? '' : ` name="${escapeValue(list.name, `${path}.name`, CLAUSE)}"`;
  let content = formatDisplayName(list.displayName, path);
  list.members.forEach((member, i) => {
    content += formatMember(member, writing, start.scope, `${path}.members[${i}]`);
  });
  return content === '' ? `${start.text}${name}/>` : `${start.text}${name}>${content}</list>`;
}

function formatMember(member: ListMember, writing: Writing, scope: Scope | undefined, path: string): string {
  switch (member.kind) {
    case 'entry':
      return formatResource('entry', 'uri', member.uri, member, writing, scope, path);
    case 'entry-ref':
      return formatResource('entry-ref', 'ref', member.ref, member, writing, scope, path);
    case 'external':
      return formatResource('external', 'anchor', member.anchor, member, writing, scope, path);
    case 'list':
      return formatList(member, writing, scope, path);
    case 'extension':
      if (isOwn(member.element, MEMBERS)) throw new EncodeError('this is no extension', path, CLAUSE);
      return formatElement(member.element, scope, `${path}.element`, CLAUSE);
    case 'malformed':
      return formatElement(member.element, scope, `${path}.element`, CLAUSE);
  }
}

function formatResource(
  local: string,
  key: string,
  target: string,
  member: CopiedMember,
  writing: Writing,
  around: Scope | undefined,
  path: string,
): string {
  let tag = `<${local}`;
  let scope = around;
  let { prefix } = writing;
  if (member.attributes.length > 0) {
    const start = formatStart(own(local), member.attributes, around, path, CLAUSE);
    reserve(member.attributes, key, path);
    reserveCopyControl(member.attributes, path);
    tag = start.text;
    scope = start.scope;
    prefix = freePrefix(member.attributes, writing);
  }
  if (hasCopyControl(member) && lookUp(scope, prefix) !== writing.namespace) {
    tag += ` xmlns:${prefix}="${writing.namespace}"`;
    scope = { prefix, namespace: writing.namespace, outer: scope };
  }
  tag += ` ${key}="${escapeValue(target, `${path}.${key}`, CLAUSE)}"${formatCopyControl(member, prefix, path)}`;
  let content = formatDisplayName(member.displayName, path);
  member.extensions.forEach((element, i) => {
    content += formatElement(element, scope, `${path}.extensions[${i}]`, CLAUSE);
  });
  return content === '' ? `${tag}/>` : `${tag}>${content}</${local}>`;
}

function formatCopyControl({ copyControl, anonymize, count }: CopiedMember, prefix: string, path: string): string {
  let text = '';
  if (copyControl !== undefined) {
    if (copyControl !== 'to' && copyControl !== 'cc' && copyControl !== 'bcc') {
      throw new EncodeError('neither to, cc nor bcc', `${path}.copyControl`, COPY_CLAUSE);
    }
    text += ` ${prefix}:copyControl="${copyControl}"`;
  }
  if (anonymize !== undefined) {
    if (typeof anonymize !== 'boolean') throw new EncodeError('no boolean', `${path}.anonymize`, COPY_CLAUSE);
    text += ` ${prefix}:anonymize="${anonymize}"`;
  }
  if (count === undefined) return text;
  return `${text} ${prefix}:count="${whole(count, 0, Number.MAX_SAFE_INTEGER, `${path}.count`, COPY_CLAUSE)}"`;
}

function formatDisplayName(displayName: DisplayName | undefined, path: string): string {
  if (displayName === undefined) return '';
  const { text, language } = displayName;
  const at = `${path}.displayName`;
  const lang = language === undefined ? '' : ` xml:lang="${escapeValue(language, `${at}.language`, CLAUSE)}"`;
  return `<display-name${lang}>${escapeText(text, `${at}.text`, CLAUSE)}</display-name>`;
}

function usesCopyControl(list: ResourceList): boolean {
  return list.members.some((member) => {
    if (member.kind === 'list') return usesCopyControl(member);
    return member.kind !== 'extension' && member.kind !== 'malformed' && hasCopyControl(member);
  });
}

function hasCopyControl({ copyControl, anonymize, count }: CopiedMember): boolean {
  return copyControl !== undefined || anonymize !== undefined || count !== undefined;
}

/** A prefix for copyControl that none of the attributes beside it uses for anything else. */
function freePrefix(attributes: readonly XmlAttribute[], writing: Writing | undefined): string {
  const taken = new Set<string>();
  for (const { name } of attributes) {
    if (name.prefix !== writing?.prefix || name.namespace !== writing.namespace) taken.add(name.prefix);
  }
  let prefix = writing?.prefix ?? 'cp';
  for (let i = 2; taken.has(prefix); i++) prefix = `cp${i}`;
  return prefix;
}

function reserve(attributes: readonly XmlAttribute[], key: string, path: string): void {
  const at = attributes.findIndex(({ name }) => name.namespace === '' && name.local === key);
  if (at >= 0) throw new EncodeError(`${key} a second time`, `${path}.attributes[${at}]`, CLAUSE);
}

function reserveCopyControl(attributes: readonly XmlAttribute[], path: string): void {
  const at = attributes.findIndex(({ name: { namespace, local } }) => {
    if (namespace !== COPY_CONTROL && namespace !== COPY_CONTROL_OF_THE_EXAMPLES) return false;
    return local === 'copyControl' || local === 'anonymize' || local === 'count';
  });
  if (at >= 0) throw new EncodeError('this has a place of its own', `${path}.attributes[${at}]`, COPY_CLAUSE);
}

function own(local: string): XmlName {
  return { namespace: RESOURCE_LISTS, local, prefix: '' };
}

function isOwn({ name }: XmlElement, locals: readonly string[]): boolean {
  return name.namespace === RESOURCE_LISTS && locals.includes(name.local);
}

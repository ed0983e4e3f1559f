/*
 *   group         =  list-service*                                    application/vnd.oma.poc.groups+xml
 *   list-service  =  @uri display-name? list? max-participant-count? ruleset? …
 *   ruleset       =  rule*                                            common policy, RFC 4745 7
 *   rule          =  @id conditions? actions? transformations?
 *   identity      =  (one | many)+ ;  one = @id ;  many = @domain? except*
 *   except        =  @id | @domain
 *
 * Who may do what in a group, as the server that keeps the group's document has it. It is read, never written: the
 * question is whether a message to the group may be anonymous.
 */
import type { ClauseId, ParseError } from '../core/error.ts';
import type { ParseOptions } from '../core/options.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { sameText } from '../core/text.ts';
import { booleanOf, collapsed, wholeNumberOf } from './datatypes.ts';
import { attributeOf, childrenOf, rangeOf, textOf, type XmlElement } from './element.ts';
import { readXml } from './reader.ts';

const CLAUSE: ClauseId = 'OMA-XDM-group';
const GROUP = 'urn:oma:xml:poc:list-service';
const COMMON_POLICY = 'urn:ietf:params:xml:ns:common-policy';

export interface GroupDocument {
  readonly services: readonly ListService[];
}

export interface ListService {
  /** Of the group. */
  readonly uri: string;
  readonly displayName?: string | undefined;
  /** URIs of the entries of its lists. */
  readonly members: readonly string[];
  /** Anchors of lists that are kept elsewhere. */
  readonly externals: readonly string[];
  readonly maxParticipantCount?: number | undefined;
  readonly rules: readonly GroupRule[];
}

export interface GroupRule {
  readonly id?: string | undefined;
  /** All must hold; none holds for everyone. */
  readonly conditions: readonly GroupCondition[];
  /** What the rule says of anonymity, if anything. */
  readonly allowAnonymity?: boolean | undefined;
  /** Its actions as they stand. */
  readonly actions: readonly XmlElement[];
}

export type GroupCondition =
  | { readonly kind: 'identity'; readonly identities: readonly Identity[] }
  | { readonly kind: 'is-list-member'; readonly member: boolean }
  /** One that is not known here never holds (RFC 4745 7). */
  | { readonly kind: 'other'; readonly element: XmlElement };

export type Identity =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'many'; readonly domain?: string | undefined; readonly except: readonly Except[] };

export interface Except {
  readonly id?: string | undefined;
  readonly domain?: string | undefined;
}

/** Reads a group document: UTF-8 octets of XML. Never throws; error offsets count octets. */
export function readGroupDocument(octets: Uint8Array, options?: ParseOptions): Result<GroupDocument> {
  const read = readXml(octets, options);
  if (!read.ok) return read;
  const root = read.value;
  if (root.name.local !== 'group') return refuse(problem('syntax', root, 'the root element group'));
  if (root.name.namespace !== GROUP) return refuse(problem('syntax', root, `the namespace ${GROUP}`));
  const services: ListService[] = [];
  for (const element of inNamespace(root, GROUP, 'list-service')) {
    const uri = attributeOf(element, 'uri');
    if (uri === undefined) return refuse(problem('missing', element, 'uri'));
    services.push(serviceOf(element, uri));
  }
  return ok({ services });
}

/**
 * Whether someone may write to the group without being named: as the rules say that apply to `identity`, a URI, and
 * `undefined` where none says anything. What one rule grants no other takes back (RFC 4745 10). Of several groups in
 * a document `group` names one by its URI. URIs are compared as text unless `same` knows better.
 *
 * @duty PM-N1, LM-N1 (decide)
 */
export function anonymityAllowed(
  document: GroupDocument,
  identity: string,
  group?: string,
  same: (a: string, b: string) => boolean = (a, b) => a === b,
): boolean | undefined {
  let allowed: boolean | undefined;
  for (const service of document.services) {
    if (group !== undefined && !same(service.uri, group)) continue;
    for (const rule of service.rules) {
      if (rule.allowAnonymity === undefined) continue;
      if (!rule.conditions.every((condition) => holds(condition, service, identity, same))) continue;
      if (rule.allowAnonymity) return true;
      allowed = false;
    }
  }
  return allowed;
}

function holds(
  condition: GroupCondition,
  service: ListService,
  identity: string,
  same: (a: string, b: string) => boolean,
): boolean {
  switch (condition.kind) {
    case 'identity':
      return condition.identities.some((one) => {
        if (one.kind === 'one') return same(one.id, identity);
        if (one.domain !== undefined && !isOfDomain(identity, one.domain)) return false;
        return !one.except.some(
          ({ id, domain }) =>
            (id !== undefined && same(id, identity)) || (domain !== undefined && isOfDomain(identity, domain)),
        );
      });
    case 'is-list-member':
      return service.members.some((member) => same(member, identity)) === condition.member;
    case 'other':
      return false;
  }
}

/** Whether the host of a URI such as `sip:user@host:port;parameters` is the domain. */
function isOfDomain(uri: string, domain: string): boolean {
  const at = uri.lastIndexOf('@');
  if (at < 0) return false;
  const host = uri.slice(at + 1);
  const end = host.search(/[:;?>]/);
  return sameText(end < 0 ? host : host.slice(0, end), domain);
}

function serviceOf(element: XmlElement, uri: string): ListService {
  const [displayName] = inNamespace(element, undefined, 'display-name');
  const [count] = inNamespace(element, GROUP, 'max-participant-count');
  const lists = inNamespace(element, GROUP, 'list');
  const rules = inNamespace(element, COMMON_POLICY, 'ruleset').flatMap((ruleset) =>
    inNamespace(ruleset, COMMON_POLICY, 'rule').map(ruleOf),
  );
  return {
    uri,
    displayName: displayName === undefined ? undefined : textOf(displayName),
    members: lists.flatMap((list) => attributesOf(list, 'entry', 'uri')),
    externals: lists.flatMap((list) => attributesOf(list, 'external', 'anchor')),
    maxParticipantCount: count === undefined ? undefined : wholeNumberOf(textOf(count)),
    rules,
  };
}

function ruleOf(element: XmlElement): GroupRule {
  const within = (local: string): readonly XmlElement[] =>
    inNamespace(element, COMMON_POLICY, local).flatMap((part) => childrenOf(part));
  const actions = within('actions');
  const grants = actions
    .filter(({ name }) => name.local === 'allow-anonymity' && name.namespace === GROUP)
    .map(flagOf)
    .filter((grant) => grant !== undefined);
  return {
    id: attributeOf(element, 'id'),
    conditions: within('conditions').map(conditionOf),
    allowAnonymity: grants.length === 0 ? undefined : grants.includes(true),
    actions,
  };
}

function conditionOf(element: XmlElement): GroupCondition {
  const { namespace, local } = element.name;
  if (namespace === COMMON_POLICY && local === 'identity') {
    return { kind: 'identity', identities: childrenOf(element).flatMap(identityOf) };
  }
  const member = namespace === GROUP && local === 'is-list-member' ? flagOf(element) : undefined;
  return member === undefined ? { kind: 'other', element } : { kind: 'is-list-member', member };
}

function identityOf(element: XmlElement): readonly Identity[] {
  if (element.name.namespace !== COMMON_POLICY) return [];
  if (element.name.local === 'one') {
    const id = attributeOf(element, 'id');
    return id === undefined ? [] : [{ kind: 'one', id }];
  }
  if (element.name.local !== 'many') return [];
  const except = inNamespace(element, COMMON_POLICY, 'except').map(
    (one): Except => ({ id: attributeOf(one, 'id'), domain: attributeOf(one, 'domain') }),
  );
  return [{ kind: 'many', domain: attributeOf(element, 'domain'), except }];
}

/** A boolean; early documents have the empty element for `true`. `undefined` for anything else. */
function flagOf(element: XmlElement): boolean | undefined {
  return collapsed(textOf(element)) === '' ? true : booleanOf(textOf(element));
}

function attributesOf(list: XmlElement, local: string, attribute: string): readonly string[] {
  return inNamespace(list, undefined, local).flatMap((element) => attributeOf(element, attribute) ?? []);
}

function inNamespace(parent: XmlElement, namespace: string | undefined, local: string): readonly XmlElement[] {
  return childrenOf(parent).filter(
    ({ name }) => name.local === local && (namespace === undefined || name.namespace === namespace),
  );
}

function problem(code: 'syntax' | 'missing', element: XmlElement, expected: string): ParseError {
  return { code, rule: element.name.local, clause: CLAUSE, offset: rangeOf(element)?.[0] ?? 0, expected };
}

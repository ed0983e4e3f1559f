export {
  attributeOf,
  childrenOf,
  type MalformedElement,
  rangeOf,
  textOf,
  type XmlAttribute,
  type XmlElement,
} from './element.ts';
export {
  anonymityAllowed,
  type Except,
  type GroupCondition,
  type GroupDocument,
  type GroupRule,
  type Identity,
  type ListService,
  readGroupDocument,
} from './group-document.ts';
export { type IsComposing, isComposing, secondsActive } from './iscomposing.ts';
export type { XmlName } from './names.ts';
export { readXml } from './reader.ts';
export { type Recipient, type Recipients, recipients, type UriComparison } from './recipients.ts';
export {
  type CopiedMember,
  type CopyControl,
  type DisplayName,
  type EntryReference,
  type ExternalList,
  type ListEntry,
  type ListExtension,
  type ListMember,
  type MalformedMember,
  type NestedList,
  type ResourceList,
  type ResourceLists,
  resourceLists,
} from './resource-lists.ts';

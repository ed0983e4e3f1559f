/*
 *   interworking-notification  =  status { any-status other* }
 *
 * The notification of OMA CPM: a gateway has passed the message on to another service, SMS for one. It stands where
 * RFC 5438 11.1.9 has extensions. One that is of another form stays an extension.
 */
import { collapsed } from '../xml/datatypes.ts';
import { childrenOf, type XmlElement } from '../xml/element.ts';

export const INTERWORKING = 'urn:oma:xml:cpm:imdn-extensions:1.0';

export interface InterworkingNotification {
  readonly type: 'interworking';
  /** The name of the element that is the status. */
  readonly status: string;
  /** Other elements behind it. */
  readonly extensions?: readonly XmlElement[] | undefined;
}

/** `undefined` for any other element. */
export function readInterworking(element: XmlElement): InterworkingNotification | undefined {
  const status = isOurs(element, 'interworking-notification') ? onlyElement(element) : undefined;
  if (status === undefined || !isOurs(status, 'status') || hasText(status)) return undefined;
  const [value, ...extensions] = childrenOf(status);
  if (value === undefined || !isOurs(value, value.name.local) || value.children.length > 0) return undefined;
  return { type: 'interworking', status: value.name.local, extensions };
}

/** Whether it has the name and no attributes, which would be lost. */
function isOurs({ name, attributes }: XmlElement, local: string): boolean {
  return name.local === local && name.namespace === INTERWORKING && attributes.length === 0;
}

function onlyElement(element: XmlElement): XmlElement | undefined {
  const [only, ...others] = childrenOf(element);
  return others.length > 0 || hasText(element) ? undefined : only;
}

function hasText({ children }: XmlElement): boolean {
  return children.some((child) => typeof child === 'string' && collapsed(child) !== '');
}

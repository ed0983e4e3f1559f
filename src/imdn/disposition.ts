/*
 *   delivery-notification    =  status { (delivered | failed | forbidden | error) other* }             RFC 5438 11.1.9
 *   display-notification     =  status { (displayed | forbidden | error) other* }
 *   processing-notification  =  status { (processed | stored | forbidden | error) other* }
 *
 * What has become of a message, and how well.
 */
import { NO_ELEMENTS, scanElement, type XmlElement } from '../xml/element.ts';
import { END, START, type XmlScanner } from '../xml/scanner.ts';
import type { ImdnNotification } from './payload.ts';
import { bends, hasNoAttributes, nextIn, wrong } from './strict-scan.ts';

/** The notifications of RFC 5438 itself. */
export type StandardType = Exclude<ImdnNotification['type'], 'interworking'>;

/** What each of them may say. */
export const STATUSES: Readonly<Record<StandardType, readonly string[]>> = {
  delivery: ['delivered', 'failed', 'forbidden', 'error'],
  display: ['displayed', 'forbidden', 'error'],
  processing: ['processed', 'stored', 'forbidden', 'error'],
};

/** Reads the notification whose start-tag the scanner stands behind; `namespace` is that of the document. */
export function scanNotification(s: XmlScanner, namespace: string): ImdnNotification | undefined {
  const { local } = s.name;
  const type = local.slice(0, -'-notification'.length) as StandardType;
  if (!hasNoAttributes(s, local)) return undefined;
  const token = nextIn(s, local);
  if (token !== START && token !== END) return undefined;
  const isStatus = token === START && s.name.local === 'status' && s.name.namespace === namespace;
  if (!isStatus) wrong(s, token === END ? 'missing' : 'syntax', local, s.from, 'status');
  const notification = s.error === undefined ? scanStatus(s, type, namespace) : undefined;
  if (notification === undefined) return undefined;
  if (nextIn(s, local) === START) wrong(s, 'syntax', local, s.from, 'nothing behind the status');
  return s.error === undefined ? notification : undefined;
}

function scanStatus(s: XmlScanner, type: StandardType, namespace: string): ImdnNotification | undefined {
  if (!hasNoAttributes(s, 'status')) return undefined;
  let status: string | undefined;
  let extensions: XmlElement[] | undefined;
  for (let token = nextIn(s, 'status'); token !== END; token = nextIn(s, 'status')) {
    if (token !== START) return undefined;
    const { from } = s;
    const { local } = s.name;
    if (s.name.namespace !== namespace && s.name.namespace !== '') {
      if (status === undefined) bends(s, 'imdn-content', 'syntax', 'status', from, 'a status before its extensions');
      const element = s.error === undefined ? scanElement(s) : undefined;
      if (element === undefined) return undefined;
      extensions ??= [];
      extensions.push(element);
    } else {
      if (status !== undefined) wrong(s, 'duplicate', 'status', from, 'one status');
      else if (s.name.namespace !== namespace || !STATUSES[type].includes(local)) {
        wrong(s, 'syntax', 'status', from, STATUSES[type].join(', '));
      }
      if (s.error !== undefined || !hasNoAttributes(s, local)) return undefined;
      status = local;
      if (nextIn(s, local) === START) wrong(s, 'syntax', local, s.from, 'an empty element');
      if (s.error !== undefined) return undefined;
    }
  }
  if (status === undefined) wrong(s, 'missing', 'status', s.from, STATUSES[type].join(', '));
  else return { type, status, extensions: extensions ?? NO_ELEMENTS } as ImdnNotification;
  return undefined;
}

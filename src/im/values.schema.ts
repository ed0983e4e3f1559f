/*
 * Whether what a caller gives has the shape of a codec's value, so far that the codec can say what is wrong with it.
 */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether a part of an object is a list of objects. */
export function lists(value: Readonly<Record<string, unknown>>, part: string): boolean {
  const elements = value[part];
  return Array.isArray(elements) && elements.every(isObject);
}

export function isUri(value: unknown): boolean {
  if (!isObject(value) || typeof value.scheme !== 'string') return false;
  if ('host' in value) return lists(value, 'params') && lists(value, 'headers');
  return 'number' in value ? lists(value, 'params') : typeof value.rest === 'string';
}

export function isNameAddr(value: unknown): boolean {
  return isObject(value) && isUri(value.uri) && lists(value, 'params');
}

export function isMediaType(value: unknown): boolean {
  return isObject(value) && typeof value.subtype === 'string' && lists(value, 'params');
}

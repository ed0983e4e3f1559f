/** Values by name, frozen. It has no prototype: a name that comes from outside finds what stands in it and nothing else. */
export function table<T>(rows: readonly (readonly [string, unknown])[]): T {
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(rows)));
}

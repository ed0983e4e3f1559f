/* The hosts and parameter lists in a value, wherever its codec puts them: one walk for the headers of all shapes. */

interface Part {
  readonly host?: string;
  readonly params?: readonly string[];
}

/** What `wrong` says about the first object in the value that it finds fault with. */
export function hostsAndParams(value: unknown, wrong: (part: Part) => string | undefined): string | undefined {
  if (Array.isArray(value)) {
    for (const element of value) {
      const message = hostsAndParams(element, wrong);
      if (message !== undefined) return message;
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { host, params } = value as { readonly host?: unknown; readonly params?: unknown };
  const names = Array.isArray(params) ? params.map((param: { readonly name?: unknown }) => String(param.name)) : undefined;
  const message = wrong({
    ...(typeof host === 'string' ? { host } : {}),
    ...(names === undefined ? {} : { params: names }),
  });
  if (message !== undefined) return message;
  for (const inner of Object.values(value)) {
    if (typeof inner !== 'object' || inner === params) continue;
    const innerMessage = hostsAndParams(inner, wrong);
    if (innerMessage !== undefined) return innerMessage;
  }
  return undefined;
}

/* The hosts and parameter lists in a value, wherever its codec puts them: one walk for the headers of all shapes. */

/** What a judge says about an object that has a host, parameters, or neither. */
export type PartJudge = (
  host: string | undefined,
  params: readonly { readonly name: string }[] | undefined,
) => string | undefined;

/** What the judge says about the first object in the value that it finds fault with. */
export function faultInParts(value: unknown, judge: PartJudge): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstFault(value, judge);
  const { host, params } = value as { readonly host?: unknown; readonly params?: unknown };
  const fault = judge(typeof host === 'string' ? host : undefined, Array.isArray(params) ? params : undefined);
  if (fault !== undefined) return fault;
  for (const inner of Object.values(value)) {
    if (typeof inner !== 'object' || inner === params) continue;
    const innerFault = faultInParts(inner, judge);
    if (innerFault !== undefined) return innerFault;
  }
  return undefined;
}

function firstFault(values: readonly unknown[], judge: PartJudge): string | undefined {
  for (const value of values) {
    const fault = faultInParts(value, judge);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/*
 * The format of vector files as a schema. It says what `model.ts` says, which a type test proves.
 */
import * as z from 'zod/mini';
import { ERROR_CODES } from '../core/error.ts';
import { LENIENT, type Tolerance } from '../core/tolerance.ts';
import { BUG_TYPES, VECTOR_SCHEMA, type VectorFile } from './model.ts';

const base64 = z.strictObject({ base64: z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/)) });

const repeated = z.strictObject({
  prefix: z.string(),
  repeat: z.string().check(z.minLength(1)),
  times: z.int().check(z.minimum(1), z.maximum(10_000_000)),
  suffix: z.string(),
});

const note = z.strictObject({
  bugType: z.enum(BUG_TYPES),
  description: z.string().check(z.minLength(1)),
  clause: z.optional(z.string()),
  links: z.optional(z.readonly(z.array(z.string().check(z.regex(/^https:\/\//))))),
});

const vector = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]+-[1-9][0-9]*$/)),
  comment: z.string().check(z.minLength(1)),
  clause: z.optional(z.string()),
  duty: z.optional(z.string()),
  input: z.union([z.string(), base64, repeated]),
  result: z.enum(['valid', 'invalid', 'tolerated']),
  tolerances: z.optional(z.readonly(z.array(z.enum(LENIENT as [Tolerance, ...Tolerance[]])))),
  value: z.optional(z.unknown()),
  canonical: z.optional(z.union([z.string(), base64])),
  consumed: z.optional(z.int().check(z.minimum(0))),
  error: z.optional(
    z.strictObject({ code: z.enum(ERROR_CODES), offset: z.int().check(z.minimum(0)), rule: z.string() }),
  ),
  flags: z.readonly(z.array(z.string())),
});

const group = z.strictObject({
  type: z.enum(['parse', 'decode']),
  source: z.string().check(z.minLength(1)),
  tests: z.readonly(z.array(vector)),
});

const schema = z.strictObject({
  schema: z.literal(VECTOR_SCHEMA),
  artefact: z.string().check(z.minLength(1)),
  notes: z.record(z.string(), note),
  groups: z.readonly(z.array(group)),
});

export const vectorFile: z.ZodMiniType<VectorFile, VectorFile> = schema;

type Deep<T> = T extends readonly (infer E)[]
  ? Deep<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Deep<T[K]> }
    : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Does not compile where schema and model differ.
true satisfies Same<Deep<z.infer<typeof schema>>, Deep<VectorFile>>;

/** The JSON Schema of vector files, as `fixtures/schema/vectors.schema.json` holds it. */
export function vectorJsonSchema(): object {
  return { title: 'Vectors of oma-simple-im', ...z.toJSONSchema(vectorFile) };
}

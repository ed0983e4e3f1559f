export { fromBase64, inputOctets, inputText, type ParsedVectors, parseVectors, toBase64, type VectorIssue } from './load.ts';
export {
  type Base64,
  BUG_TYPES,
  type BugType,
  type Repeated,
  type Vector,
  VECTOR_SCHEMA,
  type VectorError,
  type VectorFile,
  type VectorGroup,
  type VectorInput,
  type VectorNote,
} from './model.ts';
export { vectorFile, vectorJsonSchema } from './model.schema.ts';
export { asJson, runVector, runVectors, type VectorFailure, type VectorRun } from './run.ts';
export { FIELD_ROWS, type FieldRow, noteOf } from './field-rows.ts';

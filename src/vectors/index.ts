export {
  FAILURE_KINDS,
  type FailureKind,
  judge,
  type Question,
  questionsOf,
  requestLine,
  type Strictness,
  type Verdict,
} from './conformance.ts';
export {
  compareExpectations,
  countVerdict,
  type Failure,
  formatExpectations,
  newScore,
  type ParsedExpectations,
  parseExpectations,
  percent,
  type Score,
  type Surprises,
  type Tally,
} from './conformance-score.ts';
export { FIELD_ROWS, type FieldRow, noteOf } from './field-rows.ts';
export {
  fromBase64,
  inputOctets,
  inputText,
  type ParsedVectors,
  parseVectors,
  toBase64,
  type VectorIssue,
} from './load.ts';
export { vectorFile, vectorJsonSchema } from './model.schema.ts';
export {
  type Base64,
  BUG_TYPES,
  type BugType,
  type Repeated,
  VECTOR_SCHEMA,
  type Vector,
  type VectorError,
  type VectorFile,
  type VectorGroup,
  type VectorInput,
  type VectorNote,
} from './model.ts';
export { asJson, runVector, runVectors, type VectorFailure, type VectorRun } from './run.ts';

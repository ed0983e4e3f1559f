export type { BytesCodec, Codec, Decoded, FieldCodec, Frame } from './codec.ts';
export { type ClauseId, EncodeError, ERROR_CODES, type ErrorCode, type ParseError } from './error.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export type { ParseOptions } from './options.ts';
export { findParam, type Param } from './params.ts';
export { renderError } from './render.ts';
export { type Note, type Ok, ok, type Refused, type Result, refuse, UnwrapError, unwrap } from './result.ts';
export { asciiLower, sameText } from './text.ts';
export { LENIENT, TOLERANCES, type Tolerance } from './tolerance.ts';

export { sentence, sentenceOctets } from './abnf/arbitrary.ts';
export * from './abnf/index.ts';
export * as arbitraries from './arbitraries.ts';
export { checkLaws, checkRefusesToFormat, checkText, type LawOptions, same } from './laws.ts';

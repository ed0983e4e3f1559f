export { type Agreement, type AgreementOptions, agreement, type Disagreement } from './agreement.ts';
export { type Coverage, type CoverageReport, coverage } from './coverage.ts';
export { type Choose, fromNumbers, type GenerateOptions, generate, generateText, seeded } from './generate.ts';
export {
  type CompiledDocument,
  type Difference,
  type Expression,
  type Grammar,
  grammar,
  grammarNames,
} from './grammar.ts';
export { type Mutant, mutate, mutateOctets } from './mutate.ts';
export type { Node, NodeKind } from './node.ts';
export { type RecogniseOptions, type Recognition, recognise } from './recognise.ts';

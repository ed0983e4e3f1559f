export {
  appendCpim,
  cpimErrors,
  getAllCpim,
  getCpim,
  locateCpim,
  qualifiedNames,
  unknownRequirements,
} from './access.ts';
export { type CpimAddress, cpimCc, cpimFrom, cpimTo } from './address.ts';
export { cpimDateTime, type DateTime, dateTime, dateTimeAt, instant } from './datetime.ts';
export {
  CPIM_NAMESPACE,
  type CpimCodec,
  type CpimCodecParts,
  type CpimHeader,
  type CpimOnce,
  type CpimRepeated,
  cpimOnce,
  cpimRepeated,
  cpimText,
  type ParamsRule,
} from './header.ts';
export { type CpimMessage, cpim } from './message.ts';
export { type CpimNamespace, cpimNs, cpimRequire, type QualifiedName } from './namespaces.ts';
export { type CpimSubject, cpimSubject } from './subject.ts';
export { type AcceptedType, type Wrapping, type WrapQuestion, wrapWhen } from './wrap.ts';

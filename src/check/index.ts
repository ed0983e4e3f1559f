export { type CheckOptions, type CheckReport, check, type Profile, passes, type Role } from './check.ts';
export type { CheckContext, DutyRule, Finding, Found, Judgement, Rule, Severity } from './finding.ts';
export { DUTY_RULES } from './rules/oma-im.ts';
export { SIP_RULES } from './rules/sip.ts';
export type { Range } from './view.ts';

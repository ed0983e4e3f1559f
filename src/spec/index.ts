export { CLAUSES, type Clause, findClause } from './clauses.ts';
export { DUTIES, DUTY_PARTS, type Duty, type DutyLevel, type DutyPart, findDuty } from './duties.ts';

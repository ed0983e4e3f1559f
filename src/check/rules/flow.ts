import type { FlowRule } from '../step.ts';
import { NOTICE_FLOW } from './flow-imdn.ts';
import { CHUNK_FLOW } from './flow-msrp.ts';
import { SIP_FLOW } from './flow-sip.ts';

/** What only the order of messages shows. */
export const FLOW_RULES: readonly FlowRule[] = [...SIP_FLOW, ...CHUNK_FLOW, ...NOTICE_FLOW];

import type { PolicyDefinition } from '../policy';

/** A rule as reports name it. */
export type ReportedRule = Pick<PolicyDefinition, 'id' | 'title' | 'why' | 'fix' | 'severity' | 'category'>;

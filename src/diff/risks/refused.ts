import type { RiskRule } from './risk-rule';

/** A cluster was asked, and does not take an object: a field that cannot be changed, a policy, a quota, a webhook. */
export const refused: RiskRule = {
  id: 'refused',
  what: 'the API server refuses an object',
  why: 'the sync fails until the object, or what refuses it, is changed',
  find({ after }, { refusalOf }) {
    const refusal = after && refusalOf?.(after);
    return refusal === undefined ? [] : [`is refused: ${refusal}`];
  },
};

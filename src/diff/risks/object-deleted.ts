import { objectOf } from '../object-change';
import { dataOf } from './data-deleted';
import type { RiskRule } from './risk-rule';

/** An object goes that holds no data. */
export const objectDeleted: RiskRule = {
  id: 'object-deleted',
  what: 'an object is deleted',
  why: 'what still uses it finds nothing there',
  find(change, { isDataRequest }) {
    return change.change === 'removed' && dataOf(objectOf(change), isDataRequest) === undefined ? ['is deleted'] : [];
  },
};

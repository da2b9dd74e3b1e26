import { definePolicy } from '../define-policy';
import { object } from '../example-objects';
import { amount } from '../parameter';

const claim = (storage: string) =>
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });

export const storageSize = definePolicy({
  id: 'storage-size',
  title: 'Claims stay within the storage of the environment',
  why: 'Storage cannot shrink: a size that was typed wrong is paid for until the data is moved.',
  fix: 'ask for less; a claim can grow later',
  severity: 'medium',
  category: 'cost',
  match: { kinds: ['v1/PersistentVolumeClaim'] },
  parameters: { maxStorage: amount({ says: 'the most storage of a claim', example: '500Gi', default: '1Ti' }) },
  checks: [
    {
      field: 'spec.resources.requests.storage',
      holds:
        "!object.spec.?resources.?requests[?'storage'].hasValue() || " +
        '!quantity(string(object.spec.resources.requests.storage)).isGreaterThan(quantity(string(variables.maxStorage)))',
      says: 'is above what the environment allows',
    },
  ],
  examples: { passes: [claim('500Gi'), claim('1Mi')], fails: [claim('501Gi'), claim('1Ti')] },
});

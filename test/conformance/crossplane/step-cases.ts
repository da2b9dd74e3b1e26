import { bucket, conditions, ready, type Structure, seen } from './structure';

/** Steps, names, readiness and what the request gets back. */
export const stepCases: Readonly<Record<string, Structure>> = {
  'nothing to do': { inputs: [{}] },
  'only environment patches': {
    inputs: [{ environment: { patches: [{ fromFieldPath: 'metadata.name', toFieldPath: 'who' }] } }],
  },
  'no function but auto-ready': { inputs: [] },
  'a base with names and metadata of its own': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: 'mine', namespace: 'elsewhere', labels: { a: 'b' }, annotations: { c: 'd', e: null } },
            },
          }),
          bucket('b', {
            base: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'x-', annotations: { bad: 5 } } },
          }),
        ],
      },
    ],
  },
  'a base with another controller': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: {
                name: 'mine',
                ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'other', controller: true }],
              },
            },
          }),
        ],
      },
    ],
  },
  'a base with an owner': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'other' }] },
            },
          }),
        ],
      },
    ],
  },
  'a base without kind': { inputs: [{ resources: [{ name: 'a', base: { apiVersion: 'v1' } }] }] },
  'no base and no earlier step': { inputs: [{ resources: [{ name: 'a' }] }] },
  'no base, patched from an earlier step': {
    inputs: [
      {
        resources: [bucket('a', { base: { apiVersion: 'v1', kind: 'ConfigMap', data: { n: 1, list: [1, 'small'] } } })],
      },
      {
        resources: [
          {
            name: 'a',
            patches: [
              { fromFieldPath: 'spec.list', toFieldPath: 'data.list', policy: { toFieldPath: 'AppendArray' } },
              { fromFieldPath: 'metadata.name', toFieldPath: 'data.name' },
            ],
          },
        ],
      },
    ],
    request: { spec: { list: [1, 'small', 2] } },
  },
  'a second step forgets what the first skipped': {
    inputs: [
      {
        resources: [
          bucket('a', { patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } }] }),
        ],
      },
      { resources: [bucket('b')] },
    ],
    observed: [seen('b', ready)],
  },
  'a skipped resource makes the request unready': {
    inputs: [
      {
        resources: [
          bucket('a', { patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } }] }),
          bucket('b'),
        ],
      },
    ],
    observed: [seen('b', ready)],
  },
  'a required source that is lost later': {
    inputs: [
      {
        resources: [
          bucket('a', {
            patches: [
              { fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } },
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.gone', policy: { fromFieldPath: 'Required' } },
            ],
          }),
        ],
      },
    ],
    observed: [seen('a', ready)],
  },
  'a patch set in a patch set': {
    inputs: [
      { patchSets: [{ name: 'x', patches: [{ type: 'PatchSet', patchSetName: 'x' }] }], resources: [bucket('a')] },
    ],
  },
  'a patch set': {
    inputs: [
      {
        patchSets: [{ name: 'x', patches: [{ fromFieldPath: 'metadata.name', toFieldPath: 'spec.name' }] }],
        resources: [bucket('a', { patches: [{ type: 'PatchSet', patchSetName: 'x' }] })],
      },
    ],
  },
  'status conditions from a patch': {
    inputs: [
      {
        resources: [
          bucket('a', {
            patches: [
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.conditions', toFieldPath: 'status.conditions' },
            ],
          }),
        ],
      },
    ],
    observed: [seen('a', { status: conditions(['Synced', 'True'], ['Ready', 'False']) })],
  },
  'request fields beyond its status': {
    inputs: [
      {
        resources: [
          bucket('a', {
            patches: [
              {
                type: 'ToCompositeFieldPath',
                fromFieldPath: 'status.id',
                toFieldPath: 'metadata.annotations[acme.io/id]',
              },
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.id', toFieldPath: 'metadata.name' },
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.id', toFieldPath: 'spec.id' },
            ],
          }),
        ],
      },
    ],
    observed: [seen('a', { status: { id: 'i-1' } })],
  },
  'four unready resources': { inputs: [{ resources: ['d', 'c', 'b', 'a'].map((name) => bucket(name)) }] },
  'three unready resources': { inputs: [{ resources: ['c', 'b', 'a'].map((name) => bucket(name)) }] },
  'a failing check is overruled by auto-ready': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] })] }],
    observed: [seen('a', ready)],
  },
  'a failing check without auto-ready': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] })] }],
    observed: [seen('a', ready)],
    autoReady: false,
  },
  'conditions that are none': {
    inputs: [
      {
        resources: [
          bucket('a'),
          bucket('b', {
            readinessChecks: [{ type: 'MatchCondition', matchCondition: { type: 'X', status: 'Unknown' } }],
          }),
        ],
      },
    ],
    observed: [seen('a', { status: { conditions: [{ type: 'Ready', status: 5 }] } }), seen('b', { status: {} })],
    autoReady: false,
  },
  'observed metadata': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b', namespace: 'c', generateName: 'd-' } },
          }),
        ],
      },
    ],
    observed: [seen('a', { metadata: { generateName: 'e-' } }), seen('unknown')],
  },
  'a resource without name': { inputs: [{ resources: [{ ...bucket(''), name: '' }] }] },
  'a patch set without name': { inputs: [{ patchSets: [{ name: '', patches: [] }], resources: [bucket('a')] }] },
  'two resources of one name': {
    inputs: [{ resources: [bucket('a'), bucket('a', { base: { apiVersion: 'v1', kind: 'Secret' } })] }],
  },
};

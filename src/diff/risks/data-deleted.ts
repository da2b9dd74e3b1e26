import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { objectOf } from '../object-change';
import type { RiskRule } from './risk-rule';

/** Kinds whose deletion takes more with it than themselves, and what. */
const holders: Readonly<Record<string, string>> = {
  Namespace: 'with everything in it',
  PersistentVolumeClaim: 'with its volume, unless its class retains it',
  PersistentVolume: 'with its disk, unless it is retained',
  'apiextensions.k8s.io/CustomResourceDefinition': 'with every object of its kind',
  'apiextensions.crossplane.io/CompositeResourceDefinition': 'with every request to it',
  'postgresql.cnpg.io/Cluster': 'with its databases',
  'postgresql.cnpg.io/Database': 'with its tables, unless it is retained',
  'rabbitmq.com/RabbitmqCluster': 'with its queues',
  'rabbitmq.com/Queue': 'with its messages',
  'objectbucket.io/ObjectBucketClaim': 'with its bucket, unless its class retains it',
};

/** Groups of providers of Crossplane, whose objects are resources of a cloud. */
const cloud = /\.(?:aws|gcp|azure)\.(?:m\.)?upbound\.io$|\.aws\.(?:m\.)?crossplane\.io$/;

/** What goes when an object of a kind that holds data goes; undefined for other kinds. */
export function dataOf(object: PlainObject, isDataRequest: (object: PlainObject) => boolean): string | undefined {
  if (isDataRequest(object)) return 'which leaves its data behind in a cloud, and deletes what lives in the cluster';
  const groupKind = groupKindOf(object);
  if (cloud.test(object.apiVersion.split('/')[0]))
    return 'with what it stands for in the cloud, unless its policy orphans it';
  return Object.hasOwn(holders, groupKind) ? holders[groupKind] : undefined;
}

/** Something that holds data goes. */
export const dataDeleted: RiskRule = {
  id: 'data-deleted',
  what: 'data is deleted',
  why: 'what is gone with it comes back from a backup only, if there is one',
  find(change, { isDataRequest, takenOverBy }) {
    if (takenOverBy(objectOf(change)) !== undefined) return [];
    const data = change.change === 'removed' ? dataOf(objectOf(change), isDataRequest) : undefined;
    return data === undefined ? [] : [`is deleted, ${data}`];
  },
};

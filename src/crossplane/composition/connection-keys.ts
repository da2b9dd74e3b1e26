import { SecretKey } from './connection';
import type { ObjRef } from './reference-types';

/**
 * The keys that managed resources write into their connection Secret, by apiVersion and kind, as the providers configure
 * them (upjet's `config/<group>/config.go`). Another package adds its kinds by declaring this interface again.
 */
export interface ConnectionKeys {
  'rds.aws.m.upbound.io/v1beta1 Instance': 'endpoint' | 'address' | 'host' | 'username' | 'port' | 'password';
  'sqs.aws.m.upbound.io/v1beta1 Queue': 'url';
  's3.aws.m.upbound.io/v1beta1 Bucket': 'id' | 'arn' | 'region';
  'sql.gcp.m.upbound.io/v1beta1 DatabaseInstance':
    | 'connectionName'
    | 'privateIP'
    | 'publicIP'
    | 'password'
    | 'serverCACertificateCert'
    | 'serverCACertificateCommonName'
    | 'serverCACertificateCreateTime'
    | 'serverCACertificateExpirationTime'
    | 'serverCACertificateSha1Fingerprint';
  'sql.gcp.m.upbound.io/v1beta1 User': 'password';
  'rds.aws.crossplane.io/v1alpha1 DBInstance': 'username' | 'password' | 'endpoint' | 'port';
  'database.aws.crossplane.io/v1beta1 RDSInstance': 'username' | 'password' | 'endpoint' | 'port';
  'sqs.aws.crossplane.io/v1beta1 Queue': 'endpoint';
  's3.aws.crossplane.io/v1beta1 Bucket': 'endpoint' | 'region';
}

/** The connection keys of a kind; any when they are not known. */
export type ConnectionKeyOf<M> = M extends { apiVersion?: infer A; kind?: infer K }
  ? `${NonNullable<A> & string} ${NonNullable<K> & string}` extends keyof ConnectionKeys
    ? ConnectionKeys[`${NonNullable<A> & string} ${NonNullable<K> & string}`]
    : string
  : string;

/**
 * A key of the connection Secret that a managed resource writes. The composition has it written, and copies the key into the
 * connection Secret of the request.
 */
export function secretKey<M>(resource: ObjRef<M>, key: ConnectionKeyOf<M>): SecretKey {
  return new SecretKey(resource, key);
}

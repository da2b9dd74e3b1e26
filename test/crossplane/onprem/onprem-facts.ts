/** What a topology says of a cluster on premises. */
export const onpremFacts = {
  objectStore: { storageClass: 'ceph-bucket', endpoint: 'https://s3.acme.internal:8443', region: 'main' },
  rabbitmq: { name: 'rabbitmq', namespace: 'messaging' },
  postgres: { storageClass: 'fast', image: 'registry.acme.io/cloudnative-pg/postgresql' },
};

/** What a topology says of a cluster on Google Cloud. */
export const gcpFacts = {
  project: 'acme-production',
  projectNumber: '123456789012',
  region: 'europe-west1',
  network: 'projects/acme-production/global/networks/main',
  kmsKey: 'projects/acme-production/locations/europe-west1/keyRings/data/cryptoKeys/resources',
};

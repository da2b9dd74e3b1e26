import { acme } from '../../../../examples/platform';

// What Flux delivers, from a repository on this machine.
Object.defineProperty(acme, 'gitops', { value: { repoUrl: process.env.GITOPS_REPOSITORY } });
require('../../flux');

import { acme } from '../../../../examples/platform';

// The platform of the examples, delivered from a repository on this machine.
Object.defineProperty(acme, 'gitops', { value: { repoUrl: process.env.GITOPS_REPOSITORY } });
require('../../../../examples/platform/app');

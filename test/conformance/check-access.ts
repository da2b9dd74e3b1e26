import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { inParallel } from './in-parallel';
import type { Finding } from './report';
import { kitchen, neighbour } from './team-bundle';
import { rights, verbs } from './team-roles';
import type { Manifest } from './tree';

/** Who asks, as the API server knows them. */
export interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
}

/** How a service account is known. */
export function accountOf(namespace: string, name: string): Asker {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return { user: `system:serviceaccount:${namespace}:${name}`, groups };
}

function person(group: string): Asker {
  return { user: 'somebody', groups: [group, 'system:authenticated'] };
}

const askers = {
  viewer: person('kitchen-viewers'),
  editor: person('kitchen-editors'),
  owner: person(kitchen.group),
  gitops: accountOf(kitchen.namespace, kitchen.account),
} as const;

/** Every role times every verb on every resource is what the table says, and nothing in a namespace of another team. */
export async function checkRights(api: ApiClient): Promise<Finding> {
  const questions = Object.entries(rights).flatMap(([resource, row]) =>
    Object.entries(verbs).flatMap(([letter, verb]) =>
      (Object.keys(askers) as (keyof typeof askers)[]).flatMap((role) => [
        { role, verb, resource, namespace: kitchen.namespace, expected: row[role].includes(letter) },
        { role, verb, resource, namespace: neighbour, expected: false },
      ]),
    ),
  );
  const problems = await inParallel(questions, async ({ role, verb, resource, namespace, expected }) => {
    const allowed = await isAllowed(api, askers[role], verb, resource, namespace);
    return allowed === expected
      ? []
      : [`${role} may ${allowed ? '' : 'not '}${verb} ${resource} in ${namespace}, against the table`];
  });
  return { counted: `${questions.length} questions`, problems: problems.flat() };
}

/** The table speaks of every kind that is rendered. */
export async function checkKindsAreAsked(api: ApiClient, manifests: readonly Manifest[]): Promise<Finding> {
  const resources = new Set(await inParallel(manifests, ({ object }) => resourceOf(api, object)));
  const problems = [...resources].filter((resource) => !(resource in rights)).map((r) => `${r} is not in the table`);
  return { counted: `${resources.size} kinds`, problems };
}

async function resourceOf(api: ApiClient, { apiVersion, kind }: KubeObject): Promise<string> {
  const plural = (await api.collection(apiVersion, kind)).split('/').pop();
  return `${plural}.${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}`;
}

/** Asks the API server whether somebody may do something. */
export async function isAllowed(
  api: ApiClient,
  { user, groups }: Asker,
  verb: string,
  resource: string,
  namespace: string,
): Promise<boolean> {
  const dot = resource.indexOf('.');
  const [plural, subresource] = resource.slice(0, dot).split('/');
  const resourceAttributes = { namespace, verb, group: resource.slice(dot + 1), resource: plural, subresource };
  const { status } = await api.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user, groups, resourceAttributes },
    },
  });
  return status.allowed;
}

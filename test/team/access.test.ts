import { GoldenCronJob, GoldenService, GoldenStatefulService, GoldenWorker } from 'cdk8s-golden-path';
import { TeamNamespace, type Tenancy } from 'cdk8s-golden-path/team';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { knownKinds } from '../../src/schema/kinds';
import { image } from '../workload/workloads';
import { platformEnvironment, renderedBy, teamPlatform } from './teams';

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of the ClusterRoles that a tenancy makes, by name. */
function rolesOf(tenancy = platformEnvironment().node.findChild('tenancy')): Record<string, readonly PolicyRule[]> {
  const roles = synthObjects(tenancy).filter(({ kind }) => kind === 'ClusterRole');
  return Object.fromEntries(roles.map(({ metadata, rules }) => [metadata.name, rules]));
}

const may = (rules: readonly PolicyRule[], verb: string, group: string, resource: string) =>
  rules.some(
    (rule) => rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb),
  );

describe('roles', () => {
  test('have no wildcard, no Secret, and no verb that gets around them', () => {
    for (const rules of Object.values(rolesOf())) {
      for (const { apiGroups, resources, verbs } of rules) {
        expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
        expect(resources).not.toContain('secrets');
        expect(verbs).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(bind|escalate|impersonate)$/)]));
      }
    }
  });

  test('let nobody write the bounds of the team, and only keepers the guard rails', () => {
    const writes = ['create', 'update', 'patch', 'delete', 'deletecollection'];
    for (const [name, rules] of Object.entries(rolesOf())) {
      for (const verb of writes) {
        for (const resource of ['resourcequotas', 'limitranges', 'namespaces']) {
          expect([name, verb, resource, may(rules, verb, '', resource)]).toEqual([name, verb, resource, false]);
        }
        expect(may(rules, verb, 'rbac.authorization.k8s.io', 'rolebindings')).toBe(false);
      }
      expect(may(rules, 'update', 'tenancy.acme.io', 'guardrails')).toBe(name === 'guard-rail-keeper.acme.io');
    }
  });

  test('let the account of a team write every kind that workloads render, and people only look at them', () => {
    const env = testEnvironment({ external: [{ kind: 'Secret', name: '*' }] });
    new GoldenService(env, 'api', {
      image,
      port: 8080,
      host: `api.${env.domain}`,
      metrics: true,
      config: { A: 'b' },
      volumes: { data: { claim: { size: '1Gi', accessMode: 'ReadWriteMany' }, mountPath: '/data' } },
    });
    new GoldenWorker(env, 'mailer', { image, secretsFrom: [env.secret('team/mail')] });
    new GoldenCronJob(env, 'report', { image, schedule: '0 3 * * *' });
    new GoldenStatefulService(env, 'db', { image, port: 5432, protocol: 'tcp' });
    const plurals = new Map(
      knownKinds().map(({ apiVersion, kind, group, plural }) => [`${apiVersion} ${kind}`, { group, plural }]),
    );
    const roles = rolesOf();
    for (const { apiVersion, kind } of synthObjects(env)) {
      const { group, plural } = plurals.get(`${apiVersion} ${kind}`) ?? { group: '', plural: '' };
      for (const verb of ['get', 'create', 'patch', 'delete']) {
        expect([kind, verb, may(roles['team-deployer.acme.io'], verb, group, plural)]).toEqual([kind, verb, true]);
      }
      expect([kind, may(roles['team-viewer.acme.io'], 'list', group, plural)]).toEqual([kind, true]);
      expect([kind, may(roles['team-owner.acme.io'], 'patch', group, plural)]).toEqual([kind, false]);
    }
  });

  test('let owners run commands, and editors not', () => {
    const roles = rolesOf();
    for (const resource of ['pods/exec', 'pods/attach']) {
      // `get` is enough: it is what a WebSocket asks for.
      for (const verb of ['get', 'create']) {
        expect(may(roles['team-owner.acme.io'], verb, '', resource)).toBe(true);
        expect(may(roles['team-editor.acme.io'], verb, '', resource)).toBe(false);
      }
    }
    expect(may(roles['team-editor.acme.io'], 'create', 'batch', 'jobs')).toBe(false);
    expect(may(roles['team-editor.acme.io'], 'delete', '', 'pods')).toBe(true);
  });

  test("hold the platform's own APIs, the built-in ones too", () => {
    const apis = [{ group: 'data.acme.io', resources: ['queues'] }];
    const env = platformEnvironment(teamPlatform(), { apis });
    const tenancy = env.node.findChild('tenancy') as Tenancy;
    const roles = rolesOf(tenancy);
    expect(may(roles['team-viewer.acme.io'], 'watch', 'data.acme.io', 'queues')).toBe(true);
    expect(may(roles['team-deployer.acme.io'], 'create', 'data.acme.io', 'queues')).toBe(true);
    expect(may(roles['platform-apis-view.acme.io'], 'create', 'data.acme.io', 'queues')).toBe(false);
    const objects = renderedBy(tenancy);
    for (const to of ['view', 'edit']) {
      expect(objects[`ClusterRole platform-apis-${to}.acme.io`].metadata.labels).toMatchObject({
        [`rbac.authorization.k8s.io/aggregate-to-${to}`]: 'true',
      });
    }
  });
});

describe('bindings', () => {
  const subjects = (access: object, role: string) => {
    const bundle = new TeamNamespace(platformEnvironment(), 'orders', { access });
    return renderedBy(bundle)[`RoleBinding team-${role}`]?.subjects.map(({ name }: { name: string }) => name);
  };

  test('make the group of the team owner, with further groups by role', () => {
    const access = { owners: ['leads', 'orders-devs'], editors: ['night-watch'], viewers: ['support'] };
    expect(subjects(access, 'owner')).toEqual(['orders-devs', 'leads']);
    expect(subjects(access, 'editor')).toEqual(['night-watch']);
    expect(subjects(access, 'viewer')).toEqual(['support']);
  });

  test('are not there for roles that nobody has', () => {
    expect(subjects({}, 'editor')).toBeUndefined();
  });

  test('lead to the roles of the tenancy, and are guard rails', () => {
    const env = platformEnvironment();
    const { roleBindings, gitops } = new TeamNamespace(env, 'orders', { access: { viewers: ['support'] } });
    const names = Object.keys(rolesOf(env.node.findChild('tenancy')));
    for (const binding of [roleBindings.owner, roleBindings.viewer, gitops?.roleBinding]) {
      const { roleRef, metadata } = binding?.toJson() ?? {};
      expect(names).toContain(roleRef.name);
      expect(metadata.labels).toMatchObject({ 'acme.io/guard-rail': 'true' });
    }
  });
});

describe('the account that applies manifests', () => {
  test('has a name that can be chosen, and no token in pods', () => {
    const { gitops } = new TeamNamespace(platformEnvironment(), 'orders', { gitops: { name: 'argocd' } });
    expect(gitops?.serviceAccount.toJson()).toMatchObject({
      metadata: { name: 'argocd', namespace: 'orders-staging' },
      automountServiceAccountToken: false,
    });
  });

  test('hands out permissions only when asked, for a reason that is named', () => {
    expect(new TeamNamespace(platformEnvironment(), 'orders').gitops?.rbacRole).toBeUndefined();
    const grants = [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update'] }];
    const { gitops } = new TeamNamespace(platformEnvironment(), 'orders', {
      gitops: { rbac: { reason: 'leader election', grants } },
    });
    const role = gitops?.rbacRole?.toJson();
    expect(role.metadata.annotations).toMatchObject({ 'acme.io/rbac-reason': 'leader election' });
    expect(may(role.rules, 'create', 'rbac.authorization.k8s.io', 'rolebindings')).toBe(true);
    expect(may(role.rules, 'update', 'coordination.k8s.io', 'leases')).toBe(true);
  });
});

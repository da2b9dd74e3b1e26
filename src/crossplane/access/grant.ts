import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackendIdentity } from '../../platform/backend';
import { refuse } from '../../platform/golden-error';
import { suffixed } from '../../platform/names';
import { ownershipOf } from '../../platform/ownership';
import { oneOf, show, suggestion } from '../../platform/rule';
import type { DefinedApi } from '../api/defined-api';
import type { ApiRequest } from '../api/request';
import type { RequestOptions } from '../api/request-options';
import { backendOf } from '../resource/backend-of';
import type { Access, Granted, Grantee } from '../resource/grantable';

/** The API of access, as far as it matters to whoever grants it. */
type AccessApi = DefinedApi & Pick<Access, 'verbs'>;

/** What ids of requests for access begin with. */
const prefix = 'access-';

/** The longest name of a request for access: as long as Crossplane allows. */
const maxName = 63;

/**
 * Asks for access on behalf of a workload, once for each verb, in the cluster in which the resource is requested.
 *
 * @param depends fields of the resource's request that rights depend on
 * @throws GoldenError when the verb is none, when the resource belongs to somebody else, or when the workload says by itself who it
 * is to the cloud.
 */
export function grant(
  access: AccessApi,
  depends: readonly string[],
  grantee: Grantee,
  resource: object,
  verb: string,
): Granted {
  const { scope, account } = grantee;
  const asked = resource as ApiRequest;
  const what = `${asked.api.kind}/${asked.name}`;
  const verbs = Object.keys(access.verbs);
  if (!verbs.includes(verb)) {
    refuse(
      scope,
      `uses ${what} with the verb ${show(verb)}${suggestion(String(verb), verbs)}; it takes ${oneOf(verbs)}`,
    );
  }
  checkOwner(grantee, asked, what);
  if (grantee.runsBefore) {
    refuse(
      scope,
      `uses ${what} to ${verb}, but runs before a deployment, and access would come with it; set runs to "with-deploy", or leave the verb out`,
    );
  }
  const identity = backendOf(scope, access, asked.home)?.identity;
  if (identity && grantee.identities.includes(identity.cloud)) {
    refuse(
      scope,
      `uses ${what} to ${verb}, which its account would be allowed, but identity.${identity.cloud} says that it is somebody else; leave that out, or leave out the verb and allow it there`,
    );
  }
  const id = `${prefix}${asked.api.kind.toLowerCase()}-${asked.node.id}-${verb}`;
  const request =
    (scope.node.tryFindChild(id) as ApiRequest | undefined) ?? made(access, depends, grantee, asked, verb, id);
  checkNumber(scope, what, verb, identity);
  return { keys: request.useTarget().keys, ...(identity && { signIn: identity.establish(scope, account) }) };
}

function made(
  access: AccessApi,
  depends: readonly string[],
  { scope, account }: Grantee,
  { node, name, options, spec, home }: ApiRequest,
  verb: string,
  id: string,
): ApiRequest {
  const moved = options.movedFrom === 'nothing' ? undefined : options.movedFrom;
  const shared = Object.fromEntries(
    depends.flatMap((field) => (spec[field] === undefined ? [] : [[field, spec[field]]])),
  );
  const resource = {
    name,
    ...(moved?.name !== undefined && { formerName: moved.name }),
    ...(moved?.namespace !== undefined && { formerNamespace: moved.namespace }),
    ...shared,
  };
  const called = suffixed(`${scope.node.id}-${options.name ?? node.id}`, verb.toLowerCase(), maxName);
  const placed: RequestOptions = { name: called, cluster: home };
  return new access.Request(scope, id, { verb, account: account.name, resource } as never, placed);
}

/** A resource is its team's, and a grant reaches no further than the namespace that both are in. */
function checkOwner({ scope, account, team }: Grantee, asked: ApiRequest, what: string): void {
  const owner = ownershipOf(asked)?.team ?? '';
  const namespace = Chart.of(asked).namespace ?? 'default';
  if (owner === team && namespace === account.namespace) return;
  const whose = owner === team ? `in the namespace ${show(namespace)}` : `of the team ${show(owner)}`;
  refuse(
    scope,
    `uses ${what} ${whose}, and access is granted within a team's own namespace only; let that team offer a service that is called, or give this one a resource of its own`,
  );
}

/** An account takes so many grants, where its backend has a limit. */
function checkNumber(scope: Construct, what: string, verb: string, { atMost }: Partial<BackendIdentity> = {}): void {
  const grants = scope.node.children.filter(({ node }) => node.id.startsWith(prefix)).length;
  if (atMost === undefined || grants <= atMost.grants) return;
  refuse(scope, `uses ${what} to ${verb}, but is granted ${atMost.grants} things already; ${atMost.advice}`);
}

import type { IConstruct } from 'constructs';
import { nameProblem } from '../platform/names';
import { Platform } from '../platform/platform';
import { show } from '../platform/rule';
import type { TeamNamespace } from '../team/team-namespace';
import type { DeliveryProps } from './delivery-props';
import { rolloutProblems } from './rollout-problems';

/** What only Argo CD has, and what is done with Flux instead. */
const argoCdOnly = {
  serves: 'Flux serves the cluster that it runs in; install it in each',
  syncWindows: 'Flux has no times to sync at; hold a promotion back, or run flux suspend and flux resume',
  settings: 'Flux reads no ConfigMap of settings; set flags of its controllers',
  notifications: 'Flux tells people by its own Provider and Alert; make them',
} as const;

/** The engine is known, and what else is said is something that it has. */
export function engineProblems(scope: IConstruct, props: DeliveryProps): string[] {
  const { engine = 'argo-cd' } = props;
  if (engine === 'argo-cd') {
    const secret =
      'repositorySecret is only for Flux; give Argo CD a Secret with the label argocd.argoproj.io/secret-type: repository';
    return [...(props.repositorySecret === undefined ? [] : [secret]), ...rolloutProblems(scope, props)];
  }
  if (engine !== 'flux') return [`engine ${show(engine)} is unknown; use argo-cd or flux`];
  const others = (Object.keys(argoCdOnly) as (keyof typeof argoCdOnly)[]).filter(
    (key) => props[key] !== undefined && props[key] !== 'own',
  );
  const secret =
    props.repositorySecret === undefined ? undefined : nameProblem('repositorySecret', props.repositorySecret);
  return [
    ...rolloutProblems(scope, props),
    ...others.map((key) => `${key} is only for Argo CD: ${argoCdOnly[key]}`),
    ...repositoryProblems(Platform.of(scope).gitops?.repoUrl),
    ...(secret ? [secret] : []),
    ...accountProblems(props),
    ...ownAppProblems(scope, props),
    ...teamAccountProblems(props.teams),
  ];
}

/** The API server takes no other address of a GitRepository. */
function repositoryProblems(repoUrl: unknown): string[] {
  if (typeof repoUrl !== 'string' || repoUrl.trim() === '' || /^(https?|ssh):\/\//.test(repoUrl)) return [];
  const scp = /^([\w.-]+@[\w.-]+):(?!\/\/)\/?(.+)$/.exec(repoUrl);
  const instead = scp ? `ssh://${scp[1]}/${scp[2]}` : 'https://github.com/acme/gitops';
  return [`gitops.repoUrl ${show(repoUrl)} is no address for Flux; write it like ${show(instead)}`];
}

function accountProblems({ account, namespace = 'flux-system' }: DeliveryProps): string[] {
  if (typeof account !== 'string' || !account.includes('/') || account.startsWith(`${namespace}/`)) return [];
  return [
    `account ${show(account)} is outside of ${show(namespace)}, and Flux takes on accounts of its own namespace only`,
  ];
}

/** The Kustomizations of teams are in this app's folders. */
function ownAppProblems(scope: IConstruct, { platformApps }: DeliveryProps): string[] {
  const { name } = scope.node.root as { readonly name?: string };
  if (!Array.isArray(platformApps) || name === undefined || platformApps.includes(name)) return [];
  return [`platformApps lacks ${show(name)}, which renders what delivers the teams; name it too`];
}

/** Without an account of its own a team's objects would be applied with the rights of Flux. */
function teamAccountProblems(teams: unknown): string[] {
  if (!Array.isArray(teams)) return [];
  return (teams as TeamNamespace[])
    .filter((team) => typeof team?.team === 'string' && team.gitops === undefined)
    .map(({ team }) => `team ${show(team)} has no account that Flux applies with; keep gitops in its TeamNamespace`);
}

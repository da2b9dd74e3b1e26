import type { Construct } from 'constructs';
import { Namespace } from '../../imports/kubernetes';
import { type PodSecurityOptions, podSecurityLabels, weakenedModes } from './pod-security';
import { guardRailLabel, type TeamPlace } from './team-place';

/** What the namespace itself can be told. */
export interface NamespaceProps {
  /**
   * What its pods have to obey.
   * @default - `restricted` in all three modes, of the cluster's minor
   */
  readonly podSecurity?: PodSecurityOptions;
  /**
   * Labels that are added to the namespace.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations that are added to the namespace.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The namespace, with who owns it, what its pods have to obey, and why parts of the bundle are left out. */
export function teamNamespace(
  scope: Construct,
  place: TeamPlace,
  props: NamespaceProps,
  notes: Readonly<Record<string, string>>,
): Namespace {
  const { platform, owner, environment } = place;
  const weak = weakenedModes(props.podSecurity);
  const named = {
    // Pruning a namespace would take the team's data with it.
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    ...(owner.slack !== undefined && { [`${platform.labelPrefix}/slack`]: owner.slack }),
    ...(weak.length > 0 && {
      [`${platform.labelPrefix}/pod-security-reason`]: `${props.podSecurity?.reason} (${weak.join(', ')})`,
    }),
  };
  return new Namespace(scope, 'namespace', {
    metadata: {
      name: place.namespace,
      labels: {
        ...props.labels,
        ...place.labels,
        ...guardRailLabel(platform),
        ...podSecurityLabels(props.podSecurity, environment.kubernetes),
      },
      annotations: { ...props.annotations, ...named, ...notes },
    },
  });
}

import type { Construct } from 'constructs';
import { ServiceAccount } from '../../imports/kubernetes';
import { isHostName } from '../platform/names';
import { show } from '../platform/rule';
import { type TeamPlace, teamMetadata } from './team-place';

/**
 * The account that Kubernetes makes in every namespace, for pods that name none: it gets no token and the team's registry
 * credentials.
 */
export function defaultAccount(
  scope: Construct,
  place: TeamPlace,
  pullSecrets: readonly string[] = [],
): ServiceAccount {
  return new ServiceAccount(scope, 'default-account', {
    metadata: teamMetadata(place, 'default'),
    automountServiceAccountToken: false,
    ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
  });
}

/** Every pull secret is the name of a Secret. */
export function pullSecretsProblems(secrets: unknown): string[] {
  if (secrets === undefined) return [];
  if (!Array.isArray(secrets)) return [`imagePullSecrets ${show(secrets)} is no list of Secrets; write their names`];
  return secrets
    .filter((secret) => !isHostName(secret))
    .map((secret) => `imagePullSecrets holds ${show(secret)}, which no Secret can be named`);
}

import { GoldenError } from '../../platform/golden-error';
import type { KubernetesMinor } from '../../platform/kubernetes-minor';
import { oneOf, show } from '../../platform/rule';
import type { CompiledPolicy } from '../compiled-policy';

/** What renders of a rule are for. */
export type PolicyEngine = 'kyverno' | 'kubernetes' | 'gatekeeper';

/**
 * Functions that Kubernetes has had since a minor, by the sources of k8s.io/apiserver (pkg/cel/environment/base.go). An API server takes a
 * function in new expressions one minor later, so that it can be rolled back; what is older than 1.30 is not listed.
 */
const sinceMinor: Readonly<Record<string, number>> = {
  ip: 30,
  isIP: 30,
  isCanonical: 30,
  family: 30,
  isUnspecified: 30,
  isLoopback: 30,
  isLinkLocalMulticast: 30,
  isLinkLocalUnicast: 30,
  isGlobalUnicast: 30,
  cidr: 30,
  isCIDR: 30,
  containsIP: 30,
  containsCIDR: 30,
  prefixLength: 30,
  masked: 30,
  named: 31,
  validate: 31,
  semver: 33,
  isSemver: 33,
  major: 33,
  minor: 33,
  patch: 33,
  distinct: 34,
  flatten: 34,
  range: 34,
  reverse: 34,
  slice: 34,
  sort: 34,
};

/** Functions of CEL's and Kyverno's own libraries that Kubernetes, and with it Gatekeeper, has not. */
const notOfKubernetes: readonly string[] = [
  'bind',
  'image',
  'isImage',
  'registry',
  'repository',
  'tag',
  'digest',
  'identifier',
  'containsDigest',
  'extract',
  'extractAll',
  'encode',
  'decode',
  'greatest',
  'least',
  'ceil',
  'floor',
  'trunc',
  'round',
  'abs',
  'isNaN',
  'isFinite',
  'isInf',
];

/**
 * Refuses a rule that an engine cannot express.
 *
 * @param minor the oldest Kubernetes minor that evaluates it
 * @throws GoldenError naming the rule and what the engine lacks
 */
export function requireExpressible(compiled: CompiledPolicy, engine: PolicyEngine, minor: KubernetesMinor): void {
  const lacking = engine === 'kyverno' ? [] : compiled.functions.filter((name) => lacks(name, minor));
  if (lacking.length === 0) return;
  const functions = oneOf(lacking.map((name) => `${name}()`));
  throw new GoldenError([
    {
      path: `policy ${show(compiled.policy.id)}`,
      message: `${engine} on Kubernetes ${minor} lacks the function ${functions}; leave the rule out there, or choose another engine`,
    },
  ]);
}

function lacks(name: string, minor: KubernetesMinor): boolean {
  if (notOfKubernetes.includes(name)) return true;
  const since = sinceMinor[name];
  return since !== undefined && Number(minor.split('.')[1]) < since + 1;
}

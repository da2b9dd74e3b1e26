import type { KubeObject } from '../../src/dev/api-client';
import { kyvernoCliProgram } from '../../src/dev/kyverno-cli';
import { deployment } from '../../src/policy/example-objects';
import type { PolicyInForce } from '../../src/policy/rollout';
import type { ClusterSetup } from './check-cluster';
import { exception, exceptionFinding, maybeExcepted } from './excepted-objects';
import { compareVerdicts, findingOf, type PolicyRequest } from './policy-verdicts';
import type { Report } from './report';
import { KyvernoCliVerdicts } from './verdicts-of-kyverno-cli';

/**
 * The verdicts of rules in process are those of Kyverno's command line.
 *
 * @param defaulted objects as an API server defaults them
 */
export async function checkKyverno(
  report: Report,
  { binaries }: ClusterSetup,
  inForce: readonly PolicyInForce[],
  defaulted: readonly PolicyRequest[],
): Promise<void> {
  const binary = await binaries.find(kyvernoCliProgram);
  await report.check("policies: Kyverno's command line gives the same verdict", async () => {
    const requests = [...defaulted, { object: excluded() }];
    return findingOf(
      await compareVerdicts(new KyvernoCliVerdicts(binary, inForce), requests, inForce),
      requests.length,
    );
  });
  await report.check('policies: an exception covers the same objects in its command line', async () => {
    const rule = inForce.filter(({ policy }) => policy.id === exception.policy);
    const engine = new KyvernoCliVerdicts(binary, rule, [exception]);
    return exceptionFinding(await compareVerdicts(engine, maybeExcepted(), rule, [exception]));
  });
}

/** A violation in a namespace that the rules leave alone. */
function excluded(): KubeObject {
  return deployment({ hostPID: true }, {}, { namespace: 'kube-system' }) as unknown as KubeObject;
}

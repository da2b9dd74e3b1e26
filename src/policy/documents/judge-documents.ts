import { type EvaluateOptions, PolicyEvaluator } from '../evaluate-policies';
import type { Finding } from '../finding';
import type { PolicyInForce } from '../rollout';
import type { DocumentObject } from './read-documents';

/**
 * What rules in force find in the objects of files, each at its line.
 *
 * @throws GoldenError when an expression does not compile
 */
export function judgeDocuments(
  objects: readonly DocumentObject[],
  inForce: readonly PolicyInForce[],
  options: EvaluateOptions = {},
): Finding[] {
  const evaluator = new PolicyEvaluator(inForce, options);
  return objects.flatMap(({ object, file, placeOf }) =>
    evaluator.evaluate({ object, path: file }).map((finding) => ({ ...finding, ...placeOf(finding.field) })),
  );
}

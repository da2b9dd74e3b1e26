import { renderComposition } from '../../../src/crossplane/testing';
import type { KubeObject } from '../../../src/dev/api-client';
import type { CrossplaneValidate } from '../../../src/dev/crossplane-validate';
import { crdsOfGroups } from '../crds';
import type { Finding } from '../report';
import { queueComposition, queueDefinition, queueRequest } from './queue-api';

// biome-ignore lint/suspicious/noExplicitAny: objects are handed on as they are
type Fields = any;

/** What must be found in each broken twin of the sound objects. */
const broken: readonly (readonly [KubeObject, RegExp])[] = [
  [{ ...queueRequest, spec: {} }, /spec\.region: Required value/],
  [{ ...queueRequest, spec: { region: 'eu-west-1', retention: 'long' } }, /spec\.retention: Invalid value: "string"/],
  [{ ...queueRequest, spec: { region: 'eu-west-1', size: 1 } }, /unknown field: "size"/],
  [{ ...queueRequest, kind: 'Bucket' }, /could not find CRD\/XRD/],
  [
    { ...queueComposition, spec: { ...(queueComposition.spec as Fields), mode: 'Resources' } },
    /spec\.mode: Unsupported value/,
  ],
];

/** `crossplane beta validate` passes an API, a request and what is rendered for it, and finds what is broken in twins. */
export async function checkValidate(program: CrossplaneValidate, crds: readonly KubeObject[]): Promise<Finding> {
  const extensions = [...crdsOfGroups(['sqs.aws.m.upbound.io'], crds), queueDefinition];
  const request = { ...queueRequest, spec: { ...(queueRequest.spec as Fields), crossplane: {} } };
  const { resources } = renderComposition(queueComposition as Fields, request as Fields);
  const sound = await program.validate(extensions, [queueDefinition, queueComposition, queueRequest, ...resources]);
  const problems = [...sound.problems];
  for (const [object, finds] of broken) {
    const found = await program.validate(extensions, [object]);
    if (!found.problems.some((problem) => finds.test(problem))) {
      problems.push(`expected ${finds}, got ${JSON.stringify(found.problems)}`);
    }
  }
  return { counted: `${sound.validated} objects, ${broken.length} broken ones`, problems };
}

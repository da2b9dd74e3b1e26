import type { JudgedObject } from '../../src/policy/evaluate-policies';
import type { ExampleRequest, PolicyExample } from '../../src/policy/policy';

/** An example as it is judged: an object, or a request with what an API server knows of it. */
export function judgedExample(example: PolicyExample): JudgedObject {
  const request = (typeof example.object === 'object' ? example : { object: example }) as ExampleRequest;
  return { ...request, object: request.object as JudgedObject['object'], path: 'example' };
}

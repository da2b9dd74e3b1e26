import { createHash } from 'node:crypto';
import type { StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';
import { cloudNameIn } from '../cloud-name';

/** Where a request is, or was when what it stands for was made. */
interface Place {
  readonly name: StrRef;
  readonly namespace: StrRef;
}

/** The name of a queue's topic and of its subscription. A namespace has no dot, so no two requests come to one name. */
export function queueName({ name, namespace }: Place): StrRef {
  return text`${namespace}.${name}`;
}

/** The name of a bucket, which all of Google Cloud shares. */
export function bucketName(place: Place, project: string): StrRef {
  const projectHash = createHash('sha256').update(project).digest('hex').slice(0, 6);
  return text`${cloudNameIn(place)}-${projectHash}`;
}

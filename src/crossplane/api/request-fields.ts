import type { Backend, CrossplaneVersion } from '../../platform/backend';
import { isRecord, show } from '../../platform/rule';
import { secretNameOf } from '../resource/usable';
import { claimFields } from './claim-crds';
import { defaultConnectionSecret } from './claim-names';
import type { RequestOptions } from './request-options';
import type { ServedApi } from './served-api';

/** The fields of a request's spec that are Crossplane's: where they stand differs from version to version. */
export function crossplaneFields(
  api: ServedApi,
  request: Parameters<typeof secretNameOf>[1],
  options: RequestOptions,
  backend: Pick<Backend, 'connectionSecret'> | undefined,
): Record<string, unknown> {
  const { composition, compositionUpdatePolicy } = options;
  const choice = {
    ...(typeof composition === 'string' && { compositionRef: { name: composition } }),
    ...(isRecord(composition) && { compositionSelector: { matchLabels: { ...composition.matchLabels } } }),
    ...(compositionUpdatePolicy && { compositionUpdatePolicy }),
  };
  if (api.target === 'v2') return Object.keys(choice).length > 0 ? { crossplane: choice } : {};
  if (Object.keys(api.connection).length === 0) return choice;
  // A claim has to ask for the Secret that a composition of v2 makes by itself.
  const secret = backend?.connectionSecret ?? defaultConnectionSecret(api.kind);
  return { ...choice, writeConnectionSecretToRef: { name: secretNameOf(secret, request) } };
}

/** What is wrong with a spec that says what belongs to the options, whose names are checked by the compiler. */
export function ownFieldProblems(spec: unknown, target: CrossplaneVersion): string[] {
  if (!isRecord(spec)) return [];
  const own = target === 'v1' ? Object.keys(claimFields({})) : ['crossplane'];
  return own
    .filter((field) => spec[field] !== undefined)
    .map(
      (field) =>
        `${field} ${show(spec[field])} is no field of the request; use the options composition and compositionUpdatePolicy`,
    );
}

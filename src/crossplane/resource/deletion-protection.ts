import type { PreviewFacts } from '../../platform/preview';
import { isRecord, show } from '../../platform/rule';
import type { Api, ApiVersion } from '../api/api';

/** The field of a request that says whether what it stands for refuses to be deleted. */
export const protectionField = 'deletionProtection';

/** Whether requests of an API say in a version whether what they stand for refuses to be deleted. */
export function saysProtection({ schema }: Pick<ApiVersion, 'schema'>): boolean {
  return schema.spec.properties?.[protectionField]?.type === 'boolean';
}

/**
 * What a request asks for in a preview, which is deleted when it is old: nothing there is protected.
 *
 * @param spec what its author wrote
 */
export function unprotected<Spec>(spec: Spec, api: Pick<Api, 'referenceable'>): Spec {
  return isRecord(spec) && saysProtection(api.referenceable) ? { [protectionField]: false, ...spec } : spec;
}

/** What is wrong with a request that would keep a preview from being deleted. */
export function protectedPreviewProblems(
  spec: unknown,
  api: Pick<Api, 'referenceable'>,
  preview: PreviewFacts,
): string[] {
  return isRecord(spec) && saysProtection(api.referenceable) && spec[protectionField] === true
    ? [
        `${protectionField} true would keep the preview ${show(preview.id)} from being deleted when it is old; leave it out: it is on everywhere but in previews`,
      ]
    : [];
}

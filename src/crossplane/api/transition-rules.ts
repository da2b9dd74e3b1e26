import { fieldName } from '../../cel/schema-values';
import type { AnyField, Fields } from './field';
import type { ValidationRule } from './structural-schema';

/** Rules about a field's value before and after an update: evaluated where it was there before and still is. */
export function transitionRules({ parts: { options } }: AnyField): ValidationRule[] {
  const rules: ValidationRule[] = [];
  if (options.immutable) {
    rules.push({ rule: 'self == oldSelf', message: 'cannot be changed after creation' });
  }
  if (options.growOnly) rules.push({ rule: 'self >= oldSelf', message: 'cannot be lowered; it can only grow' });
  return rules;
}

/**
 * Rules about whether a field is there, at the object that holds these fields. A transition rule of a field is not
 * evaluated when the field comes or goes, so that removing and adding it again would change it. Each rule stands at the
 * parent of the first optional field on the way, because everything above it is always there.
 */
export function presenceRules(fields: Fields): ValidationRule[] {
  return Object.keys(fields)
    .filter((name) => fields[name].presence === 'optional')
    .flatMap((name) => presenceOf(fields[name], [name], [[name]]));
}

/** @param optional the paths that have to be there so that the field is, outermost first */
function presenceOf(field: AnyField, path: readonly string[], optional: readonly string[][]): ValidationRule[] {
  const { immutable, growOnly } = field.parts.options;
  const now = there('self', optional);
  const before = there('oldSelf', optional);
  const fieldPath = path.map((step) => `.${step}`).join('');
  const rules: ValidationRule[] = [];
  if (immutable) {
    const message = 'cannot be added or removed after creation';
    rules.push({ rule: `(${now}) == (${before})`, message, fieldPath });
  } else if (growOnly) {
    const message = 'cannot be removed; it can only grow';
    rules.push({ rule: `!(${before}) || (${now})`, message, fieldPath });
  }
  const nested = field.parts.fields ?? {};
  return rules.concat(
    Object.keys(nested).flatMap((step) => {
      const inner = [...path, step];
      return presenceOf(nested[step], inner, nested[step].presence === 'optional' ? [...optional, inner] : optional);
    }),
  );
}

function there(root: string, paths: readonly string[][]): string {
  return paths.map((path) => `has(${root}.${path.map(fieldName).join('.')})`).join(' && ');
}

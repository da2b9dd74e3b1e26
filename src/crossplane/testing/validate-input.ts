import type {
  Combine,
  ConnectionDetail,
  Patch,
  PatchAndTransformInput,
  ReadinessCheck,
  ResourceTemplate,
} from './patch-and-transform-input';
import { invalid, type Problem, required, under } from './validate-problem';
import { validateTransform } from './validate-transform';

const patchTypes = [
  'FromCompositeFieldPath',
  'ToCompositeFieldPath',
  'FromEnvironmentFieldPath',
  'ToEnvironmentFieldPath',
];
const combineTypes = ['CombineFromComposite', 'CombineToComposite', 'CombineFromEnvironment', 'CombineToEnvironment'];
const environmentTypes = [...patchTypes, 'CombineFromComposite', 'CombineToComposite'];
const toPolicies = [
  'Replace',
  'MergeObjects',
  'MergeObjectsAppendArrays',
  'ForceMergeObjects',
  'ForceMergeObjectsAppendArrays',
  'MergeObject',
  'AppendArray',
];

/** What the function finds wrong with its input before it runs: shape only, no field path is looked at. */
export function validateInput(input: PatchAndTransformInput): Problem | undefined {
  for (const { name, patches = [] } of input.patchSets ?? []) {
    const problem = name ? first(patches, 'patches', validatePatch) : required('name', 'name is required');
    if (problem) return problem;
  }
  if (!input.resources?.length && !input.environment?.patches?.length) {
    return required('resources', 'resources or environment patches are required');
  }
  return (
    first(input.resources ?? [], 'resources', validateTemplate) ??
    under('environment', first(input.environment?.patches ?? [], 'patches', validateEnvironmentPatch))
  );
}

function first<T>(items: readonly T[], field: string, validate: (item: T) => Problem | undefined): Problem | undefined {
  for (const [index, item] of items.entries()) {
    const problem = under(`${field}[${index}]`, validate(item));
    if (problem) return problem;
  }
  return undefined;
}

function validateTemplate(template: ResourceTemplate): Problem | undefined {
  if (!template.name) return required('name', 'name is required');
  return (
    first(template.patches ?? [], 'patches', validatePatch) ??
    first(template.connectionDetails ?? [], 'connectionDetails', validateConnectionDetail) ??
    first(template.readinessChecks ?? [], 'readinessChecks', validateReadinessCheck)
  );
}

function validateEnvironmentPatch(patch: Patch): Problem | undefined {
  const type = patch.type || 'FromCompositeFieldPath';
  return environmentTypes.includes(type)
    ? validatePatch(patch)
    : invalid('[type]', type, 'invalid environment patch type');
}

function validatePatch(patch: Patch): Problem | undefined {
  const type = patch.type || 'FromCompositeFieldPath';
  if (patchTypes.includes(type)) {
    if (!patch.fromFieldPath) return required('fromFieldPath', `fromFieldPath must be set for patch type ${type}`);
  } else if (type === 'PatchSet') {
    if (!patch.patchSetName) return required('patchSetName', `patchSetName must be set for patch type ${type}`);
  } else if (combineTypes.includes(type)) {
    if (!patch.combine) return required('combine', `combine must be set for patch type ${type}`);
    // An empty toFieldPath is one that is not there, and there is no fromFieldPath to take its place.
    if (!(patch.toFieldPath ?? patch.fromFieldPath)) {
      return required('toFieldPath', `toFieldPath must be set for patch type ${type}`);
    }
    // Transforms and policy of a combine patch are not looked at.
    return under('combine', validateCombine(patch.combine));
  } else {
    return invalid('type', type, 'unknown patch type');
  }
  const problem = first(patch.transforms ?? [], 'transforms', validateTransform);
  if (problem) return problem;
  const { toFieldPath = 'Replace', fromFieldPath = 'Optional' } = patch.policy ?? {};
  if (!toPolicies.includes(toFieldPath)) {
    return invalid('policy.toFieldPathPolicy', toFieldPath, 'unknown toFieldPathPolicy');
  }
  return ['Optional', 'Required'].includes(fromFieldPath)
    ? undefined
    : invalid('policy.fromFieldPathPolicy', fromFieldPath, 'unknown fromFieldPathPolicy');
}

function validateCombine({ strategy, string, variables = [] }: Combine): Problem | undefined {
  if (!strategy) return required('strategy', 'a combine strategy must be provided');
  if (strategy !== 'string') return invalid('strategy', strategy, 'unknown strategy type');
  if (!string) return required('string', `string must be set for combine strategy ${strategy}`);
  if (variables.length === 0) return required('variables', 'at least one variable must be provided');
  return first(variables, 'variables', ({ fromFieldPath }) =>
    fromFieldPath ? undefined : required('fromFieldPath', 'fromFieldPath must be set for each combine variable'),
  );
}

/** What is wrong with a connection detail. */
export function validateConnectionDetail(detail: ConnectionDetail): Problem | undefined {
  const { type, name, value, fromConnectionSecretKey, fromFieldPath } = detail;
  if (!type) return required('type', 'connection detail type is required');
  if (!['FromConnectionSecretKey', 'FromFieldPath', 'FromValue'].includes(type)) {
    return invalid('type', type, 'unknown connection detail type');
  }
  if (!name) return required('name', 'name is required');
  if (type === 'FromValue' && value === undefined) {
    return required('value', 'value connection detail requires a value');
  }
  if (type === 'FromConnectionSecretKey' && fromConnectionSecretKey === undefined) {
    return required('fromConnectionSecretKey', 'from connection secret key connection detail requires a key');
  }
  return type === 'FromFieldPath' && fromFieldPath === undefined
    ? required('fromFieldPath', 'from field path connection detail requires a field path')
    : undefined;
}

function validateReadinessCheck(check: ReadinessCheck): Problem | undefined {
  const { type, fieldPath, matchString, matchInteger, matchCondition } = check;
  switch (type) {
    case 'None':
      return undefined;
    case 'MatchCondition':
      if (matchCondition === undefined) return undefined;
      if (!matchCondition.type) return required('matchCondition.type', 'cannot be empty for type MatchCondition');
      return matchCondition.status
        ? undefined
        : required('matchCondition.status', 'cannot be empty for type MatchCondition');
    case 'MatchString':
      if (matchString === undefined) return required('matchString', 'cannot be nil for type MatchString');
      break;
    case 'MatchInteger':
      if (matchInteger === undefined) return required('matchInteger', 'cannot be nil for type MatchInteger');
      break;
    case 'NonEmpty':
    case 'MatchTrue':
    case 'MatchFalse':
      break;
    default:
      return invalid('type', type ?? '', 'unknown readiness check type');
  }
  return fieldPath === undefined ? required('fieldPath', 'cannot be empty') : undefined;
}

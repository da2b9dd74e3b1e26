import type {
  DeletingPolicyManifest,
  GeneratingPolicyManifest,
  ImageValidatingPolicyManifest,
  MutatingPolicyManifest,
} from '../../../imports/policies.kyverno.io';
import { GoldenError } from '../../platform/golden-error';
import { isRecord, show } from '../../platform/rule';
import { celString } from '../cel-literal';
import { kindsOf } from '../policy-kinds';
import { resourceRules } from '../render/rendered-policy';
import { systemNamespaces } from '../rollout';
import type {
  Attestation,
  Attestor,
  DeletionRule,
  GenerationRule,
  ImageVerification,
  KyvernoRule,
  MutationRule,
} from './kyverno-rule';
import { kyvernoRuleProblems } from './kyverno-rule-problems';

/** The object of Kyverno that carries a rule out. */
export type KyvernoRuleManifest =
  | ImageValidatingPolicyManifest
  | GeneratingPolicyManifest
  | DeletingPolicyManifest
  | MutatingPolicyManifest;

const apiVersion = 'policies.kyverno.io/v1';

/**
 * A rule as the object of Kyverno that carries it out.
 *
 * @param excludedNamespaces namespaces that it leaves alone
 * @throws GoldenError with everything that is wrong with the rule
 */
export function kyvernoRule(
  rule: KyvernoRule,
  excludedNamespaces: readonly string[] = systemNamespaces,
): KyvernoRuleManifest {
  const problems = kyvernoRuleProblems(rule);
  if (problems.length > 0) {
    throw new GoldenError(problems.map((message) => ({ path: `policy ${show(rule.id)}`, message })));
  }
  switch (rule.kind) {
    case 'verify-images':
      return imagePolicy(rule, excludedNamespaces);
    case 'generate':
      return generatingPolicy(rule, excludedNamespaces);
    case 'delete':
      return deletingPolicy(rule, excludedNamespaces);
    case 'mutate':
      return mutatingPolicy(rule, excludedNamespaces);
  }
}

const metadataOf = ({ id, title, why, category }: KyvernoRule) => ({
  name: id,
  annotations: {
    'policies.kyverno.io/title': title,
    'policies.kyverno.io/category': category,
    'policies.kyverno.io/description': why,
  },
});

function constraints(
  match: GenerationRule['match'],
  excluded: readonly string[],
  operations: 'CREATE'[] | ('CREATE' | 'UPDATE')[],
) {
  const values = [...excluded];
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }];
  return {
    ...(values.length > 0 ? { namespaceSelector: { matchExpressions } } : {}),
    resourceRules: resourceRules({ kinds: kindsOf(match), operations }),
  };
}

const conditionsOf = ({ when }: GenerationRule['match']) =>
  when === undefined ? {} : { matchConditions: [{ name: 'in-scope', expression: when }] };

/** Every image of a pod, also of init and ephemeral containers. */
const allImages = '(images.containers + images.initContainers + images.ephemeralContainers)';

function imagePolicy(rule: ImageVerification, excluded: readonly string[]): ImageValidatingPolicyManifest {
  const { images, attestors, attestations = [] } = rule;
  const signers = `[${attestors.map(({ name }) => `attestors.${name}`).join(', ')}]`;
  return {
    apiVersion,
    kind: 'ImageValidatingPolicy',
    metadata: metadataOf(rule),
    spec: {
      failurePolicy: 'Fail',
      validationActions: ['Deny'],
      autogen: { podControllers: { controllers: [] } },
      matchConstraints: constraints({ kinds: 'pods' }, excluded, ['CREATE', 'UPDATE']),
      matchImageReferences: images.map((glob) => ({ glob })),
      // The digest is pinned where it is rendered; a webhook that changes it would make every sync differ.
      validationConfigurations: { mutateDigest: false, verifyDigest: true, required: true },
      attestors: attestors.map(attestor),
      ...(attestations.length > 0
        ? { attestations: attestations.map(({ name, type }) => ({ name, intoto: { type } })) }
        : {}),
      validations: [
        {
          expression: `${allImages}.map(image, verifyImageSignatures(image, ${signers})).all(count, count > 0)`,
          message: `${rule.title}: an image is not signed`,
        },
        ...attestations.flatMap((attestation) => attestationChecks(rule, attestation, signers)),
      ],
    },
  };
}

function attestor(from: Attestor) {
  if ('key' in from) return { name: from.name, cosign: { key: { data: from.key } } };
  return { name: from.name, cosign: { keyless: { identities: [{ ...from.keyless }] } } };
}

function attestationChecks({ title }: ImageVerification, { name, maxAgeDays }: Attestation, signers: string) {
  const attestation = `attestations.${name}`;
  const signed = {
    expression: `${allImages}.map(image, verifyAttestationSignatures(image, ${attestation}, ${signers})).all(count, count > 0)`,
    message: `${title}: an image has no signed ${name}`,
  };
  if (maxAgeDays === undefined) return [signed];
  const payload = `extractPayload(image, ${attestation})`;
  const finished = `${payload}.?predicate.orValue(${payload}).metadata.scanFinishedOn`;
  const oldest = `time.now() - duration('${maxAgeDays * 24}h')`;
  return [
    signed,
    {
      expression: `${allImages}.all(image, timestamp(${finished}) > ${oldest})`,
      message: `${title}: the ${name} of an image is older than ${maxAgeDays} days`,
    },
  ];
}

function generatingPolicy(rule: GenerationRule, excluded: readonly string[]): GeneratingPolicyManifest {
  const { match, namespace, objects, synchronize = true } = rule;
  return {
    apiVersion,
    kind: 'GeneratingPolicy',
    metadata: metadataOf(rule),
    spec: {
      evaluation: { generateExisting: { enabled: true }, synchronize: { enabled: synchronize } },
      matchConstraints: constraints(match, excluded, ['CREATE', 'UPDATE']),
      ...conditionsOf(match),
      variables: [
        { name: 'target', expression: namespace },
        { name: 'objects', expression: `[${objects.map((object) => celObject(placed(object))).join(', ')}]` },
      ],
      generate: [{ expression: 'generator.Apply(variables.target, variables.objects)' }],
    },
  };
}

/** Stands for CEL inside of a value. */
class Expression {
  constructor(readonly text: string) {}
}

const placed = (object: GenerationRule['objects'][number]) => ({
  ...object,
  metadata: { ...object.metadata, namespace: new Expression('variables.target') },
});

/** An object as CEL. Values are marked dynamic, because a map of CEL may not mix types. */
function celObject(value: unknown): string {
  if (value instanceof Expression) return `dyn(${value.text})`;
  if (Array.isArray(value)) return `dyn([${value.map(celObject).join(', ')}])`;
  if (isRecord(value)) {
    const fields = Object.entries(value).map(([key, field]) => `${celString(key)}: ${celObject(field)}`);
    return `dyn({${fields.join(', ')}})`;
  }
  return typeof value === 'string' ? `dyn(${celString(value)})` : `dyn(${String(value)})`;
}

function deletingPolicy(rule: DeletionRule, excluded: readonly string[]): DeletingPolicyManifest {
  const { match, schedule, conditions } = rule;
  const { resourceRules: rules, ...selector } = constraints(match, excluded, ['CREATE']);
  return {
    apiVersion,
    kind: 'DeletingPolicy',
    metadata: metadataOf(rule),
    spec: {
      schedule,
      matchConstraints: {
        ...selector,
        ...(match.labels ? { objectSelector: { matchLabels: { ...match.labels } } } : {}),
        resourceRules: rules.map(({ operations: _, ...kinds }) => ({ ...kinds, operations: ['*'] })),
      },
      conditions: Object.entries(conditions).map(([name, expression]) => ({ name, expression })),
      deletionPropagationPolicy: 'Background',
    },
  };
}

function mutatingPolicy(rule: MutationRule, excluded: readonly string[]): MutatingPolicyManifest {
  return {
    apiVersion,
    kind: 'MutatingPolicy',
    metadata: metadataOf(rule),
    spec: {
      failurePolicy: 'Ignore',
      autogen: { podControllers: { controllers: [] } },
      matchConstraints: constraints(rule.match, excluded, ['CREATE', 'UPDATE']),
      ...conditionsOf(rule.match),
      mutations: rule.apply.map((expression) => ({
        patchType: 'ApplyConfiguration',
        applyConfiguration: { expression },
      })),
    },
  };
}

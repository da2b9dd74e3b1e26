import type { Kind } from '../../schema/kind';
import type { SchemaNode } from '../../schema/schema-node';
import { defaultConnectionSecret } from '../api/claim-names';
import type { ComposedResource } from './composed-resource';
import type { CompositionParts } from './composition-parts';
import { type ConnectionLocation, connectionOf } from './connection';
import { expressionOf, fieldsOf, where } from './expression';
import { forwarded } from './forward';
import { HandOver } from './hand-over';
import { patchInto } from './lower';
import { secretNamespace, withDefaults } from './managed-defaults';
import type { ComposedTemplate, CompositionManifest, Patch, PipelineStep, Resources } from './patch-and-transform';
import { checksOf } from './readiness';
import { partBody } from './resource-body';
import { statusPatches } from './status';
import { compositeKind, namePlaceholders } from './target';

/** A composition, put together. */
export interface Assembled {
  readonly manifest: CompositionManifest;
  readonly connection: Readonly<Record<string, ConnectionLocation>>;
  readonly kinds: readonly Kind[];
  readonly problems: readonly string[];
}

/** Puts a composition together from what its author described. */
export function assemble(parts: CompositionParts): Assembled {
  const problems: string[] = [];
  const report = (message: string) => void problems.push(message);
  const resources = withDefaults(parts, report);
  const handOver = new HandOver();
  const bodies = new Map(resources.map(({ name, body }) => [name, body]));
  const resolve = (value: unknown) => forwarded(value, (name) => bodies.get(name));

  const templates = resources.map((resource) => {
    checkOwner(resource, parts.owner, report);
    return template(resource, resolve, handOver, report);
  });
  const status = attempt(
    () =>
      statusPatches(
        resolve(parts.report.status ?? {}) as Record<string, unknown>,
        parts.request.schema.field('status') as SchemaNode,
        handOver,
        (message) => report(message),
      ),
    report,
  ) ?? { fromResources: new Map<string, Patch[]>(), before: [], after: [] };
  const v2 = parts.target === 'v2';
  const secret = connectionSecret(parts);
  const connection = connectionOf(
    parts.report.connection ?? {},
    secret,
    resources[0]?.name,
    namePlaceholders(parts.api, parts.target),
    resolve,
    report,
  );

  const complete = templates.map((made): ComposedTemplate => {
    const details = connection.details.get(made.name) ?? [];
    const patches = [
      ...(made.patches ?? []),
      ...(handOver.fromResources.get(made.name) ?? []),
      ...(status.fromResources.get(made.name) ?? []),
      ...(resources.find(({ name }) => name === made.name)?.patches ?? []),
    ];
    return {
      name: made.name,
      base: made.base,
      ...(patches.length > 0 && { patches }),
      ...(details.length > 0 && { connectionDetails: details }),
      ...(made.readinessChecks && { readinessChecks: made.readinessChecks }),
    };
  });
  const environment = [...handOver.fromRequest, ...status.before];
  const input: Resources = {
    apiVersion: 'pt.fn.crossplane.io/v1beta1',
    kind: 'Resources',
    ...(environment.length > 0 && { environment: { patches: environment } }),
    resources: [...complete, ...parts.templates],
    // Crossplane v1 writes the Secret itself, under the name that the claim says.
    ...(connection.details.size > 0 && v2 && { writeConnectionSecretToRef: secretReference(secret) }),
  };
  return {
    manifest: manifestOf(parts, input, status.after),
    connection: connection.locations,
    kinds: [
      ...new Map(
        resources.filter(({ isRequest }) => !isRequest).map(({ kind }) => [`${kind.apiVersion} ${kind.kind}`, kind]),
      ).values(),
    ],
    problems,
  };
}

/** A reference of another composition would lead to another request. */
function checkOwner({ name, body }: ComposedResource, owner: object, report: (message: string) => void): void {
  const check = (value: unknown): void => {
    const expression = expressionOf(value);
    const foreign = expression && fieldsOf(expression).find(({ origin }) => origin.composition !== owner);
    if (foreign) report(`${name}: ${where(foreign)} belongs to another composition; use the references of this one`);
    if (!expression && typeof value === 'object' && value !== null) Object.values(value).forEach(check);
  };
  check(body);
}

function template(
  resource: ComposedResource,
  resolve: (value: unknown) => unknown,
  handOver: HandOver,
  report: (message: string) => void,
): ComposedTemplate {
  const { name, kind, readiness } = resource;
  const own = (message: string) => report(`${name}: ${message}`);
  const body = resolve(resource.body) as Record<string, unknown>;
  const { base, assignments } = partBody({ apiVersion: kind.apiVersion, kind: kind.kind, ...body }, kind, own);
  const patches = assignments.flatMap((assignment) => attempt(() => patchInto(assignment, handOver), own) ?? []);
  return {
    name,
    base,
    patches,
    ...(readiness !== 'Ready' && { readinessChecks: checksOf(readiness) }),
  };
}

function attempt<T>(step: () => T, report: (message: string) => void): T | undefined {
  try {
    return step();
  } catch (error) {
    report((error as Error).message);
    return undefined;
  }
}

/** The name of a request's connection Secret, with `%s` for the request's name. */
export function connectionSecret({ api, props }: Pick<CompositionParts, 'api' | 'props'>): string {
  return props.connectionSecret ?? defaultConnectionSecret(api.kind);
}

function secretReference(secret: string): Resources['writeConnectionSecretToRef'] {
  return {
    patches: [
      {
        type: 'FromCompositeFieldPath',
        fromFieldPath: 'metadata.name',
        toFieldPath: 'name',
        transforms: [{ type: 'string', string: { type: 'Format', fmt: secret } }],
      },
    ],
  };
}

function manifestOf(
  { api, props, steps, target }: CompositionParts,
  input: Resources,
  after: readonly Patch[],
): CompositionManifest {
  const own = (place: 'before' | 'after') => steps.filter((step) => step.place === place).map(({ step }) => step);
  const patchAndTransform = (step: string, resources: Resources): PipelineStep => ({
    step,
    functionRef: { name: 'function-patch-and-transform' },
    input: { ...resources },
  });
  const { labels } = props;
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'Composition',
    metadata: { name: props.name, ...(labels && { labels }) },
    spec: {
      compositeTypeRef: { apiVersion: `${api.group}/${api.referenceable.name}`, kind: compositeKind(api.kind, target) },
      mode: 'Pipeline',
      ...(target === 'v1' && { writeConnectionSecretsToNamespace: secretNamespace(props) }),
      pipeline: [
        ...own('before'),
        patchAndTransform('resources', input),
        ...(after.length > 0
          ? [
              patchAndTransform('status', {
                apiVersion: input.apiVersion,
                kind: input.kind,
                environment: { patches: after },
                resources: [],
                // Every step of this function writes the Secret anew, under the name that the step itself says.
                ...(input.writeConnectionSecretToRef && {
                  writeConnectionSecretToRef: input.writeConnectionSecretToRef,
                }),
              }),
            ]
          : []),
        ...own('after'),
        { step: 'ready', functionRef: { name: 'function-auto-ready' } },
      ],
    },
  };
}

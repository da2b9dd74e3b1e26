import type { ComposedResource } from './composed-resource';
import type { CompositionParts } from './composition-parts';
import type { CompositionProps } from './composition-props';
import { SecretKey } from './connection';
import { bindExpression, type Expression, expressionOf, fieldsOf } from './expression';
import { holdsData, orphaned, tagsPath } from './managed';
import { nodeAt, valueAt } from './resource-body';
import { stringTransform } from './transform';
import { withUsages } from './usage';
import { typeOfNode } from './value-type';

/** The resources with what their author left to the library: provider, tags, deletion, connection Secrets, order of deletion. */
export function withDefaults(parts: CompositionParts, report: (message: string) => void): ComposedResource[] {
  const kept = orphans(parts.resources);
  const secrets = secretOwners(parts);
  const resources = parts.resources.map((resource) => {
    if (!resource.isManaged) return resource.onDelete === undefined ? resource : refuseOnDelete(resource, report);
    const { kind, body } = resource;
    const spec = { ...(body.spec as Record<string, unknown>) };
    const has = (field: string) => nodeAt(kind.schema, ['spec']) !== true && isField(resource, field);
    spec.providerConfigRef ??= providerConfigRef(parts, resource);
    if (kept.has(resource.name)) {
      // Crossplane v1 knows management policies only where they were switched on.
      if (has('deletionPolicy')) spec.deletionPolicy ??= 'Orphan';
      else spec.managementPolicies ??= orphaned;
    }
    if (secrets.has(resource.name)) {
      spec.writeConnectionSecretToRef ??= {
        name: secretName(parts, resource.name),
        ...(parts.target === 'v1' && { namespace: secretNamespace(parts.props) }),
      };
    }
    checkExternalName(resource, report);
    return { ...resource, body: withTags(parts, { ...resource, body: { ...body, spec } }) };
  });
  return withUsages(resources, parts.props.labelPrefix ?? defaultPrefix, parts.target);
}

/** The namespace of Secrets that belong to no request's namespace. */
export function secretNamespace(props: CompositionProps): string {
  return props.secretNamespace ?? 'crossplane-system';
}

/** The configuration of the provider; its default is written out, because the one of v2 is looked up in the wrong place. */
function providerConfigRef({ props, target }: CompositionParts, { kind }: ComposedResource): object {
  const { kind: configKind, name } = props.providerConfig ?? { kind: 'ClusterProviderConfig', name: 'default' };
  const node = nodeAt(kind.schema, ['spec', 'providerConfigRef']);
  return target === 'v1' || node === true || !node.field('kind') ? { name } : { kind: configKind, name };
}

const defaultPrefix = 'golden-path.local';

function isField({ kind }: ComposedResource, field: string): boolean {
  const spec = nodeAt(kind.schema, ['spec']);
  return spec !== true && spec.field(field) !== undefined;
}

function refuseOnDelete(resource: ComposedResource, report: (message: string) => void): ComposedResource {
  report(
    `${resource.name}: onDelete is for managed resources; Kubernetes deletes a ${resource.kind.kind} with the request that owns it`,
  );
  return resource;
}

/** What outlives its request: data, and what data cannot be without. A subnet group in use could not be deleted anyway. */
function orphans(resources: readonly ComposedResource[]): ReadonlySet<string> {
  const kept = new Set<string>();
  // A resource refers to earlier ones only.
  for (const { name, kind, isManaged: managed, onDelete, body } of [...resources].reverse()) {
    if (!managed || onDelete === 'delete') continue;
    // An author who says what may be done says it for the companions too.
    const decided = valueAt(body, ['spec', 'managementPolicies']) ?? valueAt(body, ['spec', 'deletionPolicy']);
    if (onDelete === 'orphan' || (holdsData(kind) && decided === undefined) || kept.has(name)) {
      kept.add(name);
      for (const owner of ownersIn(body)) kept.add(owner);
    }
  }
  return kept;
}

/** The resources whose values an object takes. */
function ownersIn(value: unknown): string[] {
  const expression = expressionOf(value);
  if (expression)
    return fieldsOf(expression).flatMap(({ origin }) => (origin.of === 'resource' ? [origin.resource] : []));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(ownersIn) : [];
}

/** The resources that have to write a connection Secret. */
function secretOwners({ report: { connection = {} } }: CompositionParts): ReadonlySet<string> {
  return new Set(
    Object.values(connection).flatMap((source) => (source instanceof SecretKey ? ownersIn(source.resource) : [])),
  );
}

/** A name of its own for each resource's Secret: two resources that share one would overwrite each other. */
function secretName(parts: CompositionParts, resource: string): object {
  return formatOfName(parts, `%s-${parts.api.kind.toLowerCase()}-${resource}`);
}

/** A text with the request's name in it. */
function formatOfName({ owner, request }: CompositionParts, fmt: string): object {
  const path = ['metadata', 'name'];
  const name: Expression = {
    of: 'field',
    origin: { of: 'request', composition: owner },
    path,
    type: typeOfNode(nodeAt(request.schema, path)),
    transforms: [],
    always: true,
  };
  return bindExpression({}, stringTransform(name, { type: 'Format', fmt }));
}

/** Tags from the request's labels, under what the author wrote; the author's win. */
function withTags(parts: CompositionParts, resource: ComposedResource): Record<string, unknown> {
  const path = tagsPath(resource.kind);
  if (path === undefined) return resource.body;
  const own = valueAt(resource.body, path);
  if (expressionOf(own)) return resource.body;
  const prefix = parts.props.labelPrefix ?? defaultPrefix;
  const tags =
    parts.props.tags ??
    Object.fromEntries(['owner', 'system', 'environment', 'cost-center'].map((name) => [name, `${prefix}/${name}`]));
  const values = Object.fromEntries(Object.entries(tags).map(([name, label]) => [name, labelOf(parts, label)]));
  if (!Array.isArray(own) && isMap(resource, path)) {
    return withValue(resource.body, path, { ...values, ...(own as object | undefined) });
  }
  const items = (own ?? []) as readonly { readonly key?: unknown }[];
  const missing = Object.entries(values).filter(([key]) => !items.some((item) => item.key === key));
  return withValue(resource.body, path, [...items, ...missing.map(([key, value]) => ({ key, value }))]);
}

/** Whether tags are a map; else they are a list of keys and values. */
function isMap({ kind }: ComposedResource, path: readonly string[]): boolean {
  const node = nodeAt(kind.schema, path);
  return node === true || node.items === undefined;
}

function labelOf({ owner, request }: CompositionParts, label: string): object {
  const path = ['metadata', 'labels', label];
  return bindExpression(
    {},
    {
      of: 'field',
      origin: { of: 'request', composition: owner },
      path,
      type: typeOfNode(nodeAt(request.schema, path)),
      transforms: [],
      always: false,
    },
  );
}

function withValue(
  object: Record<string, unknown>,
  [step, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const inner = object[step] as Record<string, unknown> | undefined;
  return { ...object, [step]: rest.length === 0 ? value : withValue(inner ?? {}, rest, value) };
}

/** An external name that appears later would make a second thing outside of the cluster. */
function checkExternalName({ name, body }: ComposedResource, report: (message: string) => void): void {
  const given = expressionOf(valueAt(body, ['metadata', 'annotations', 'crossplane.io/external-name']));
  if (given && fieldsOf(given).some(({ always }) => !always)) {
    report(
      `${name}: externalName may be missing at first, and what appears later would make a second resource in the cloud; ` +
        'make it from fields of the request that are always there',
    );
  }
}

import { type Definition, definitionTypes } from './definition-types';
import { byCodeUnit, type Schema } from './json-schema';
import { generatedMark } from './write-tree';

/** A kind that gets a class. */
export interface KindClass {
  /** The kind, which names the class too unless JavaScript has taken the name. */
  readonly kind: string;
  /** Name of the class, when it must differ from the kind's. @default - the kind */
  readonly className?: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
  /** The fields of the object besides `apiVersion` and `kind`, with nested types by name. */
  readonly schema: Schema;
}

/** A module of one API group (or of Kubernetes' own groups). */
export interface KindModule {
  /** What the module is generated from, in one line. */
  readonly origin: string;
  readonly kinds: readonly KindClass[];
  readonly definitions: readonly Definition[];
}

/**
 * Globals of JavaScript that a class of the same name would hide, `Object` even from the code that the compiler adds.
 * A kind of such a name gets a class with the suffix `Resource`.
 */
const globals = new Set(
  (
    'Array BigInt Boolean DataView Date Error Function Infinity Intl Iterator JSON Map Math NaN Number Object Promise ' +
    'Proxy Reflect RegExp Set String Symbol WeakMap WeakRef WeakSet'
  ).split(' '),
);

/** The name of a kind's class. */
export function className(kind: string): string {
  return globals.has(kind) ? `${kind}Resource` : kind;
}

/** The text of a module: a props type, a manifest type and a class for each kind, then the nested types. */
export async function kindModule(module: KindModule): Promise<string> {
  const kinds = [...module.kinds].sort((a, b) => byCodeUnit(classOf(a), classOf(b)));
  const typed = await definitionTypes([...kinds.flatMap(kindTypes), ...module.definitions]);
  const declaresMetadata = module.definitions.some(({ name }) => name === 'ObjectMeta');
  return `${[
    `${generatedMark} from ${module.origin}; edit imports/sources.json instead.`,
    [
      "import type { Construct } from 'constructs';",
      ...(declaresMetadata ? [] : ["import type { ObjectMeta } from './kubernetes';"]),
      "import { TypedObject } from './typed-object';",
    ].join('\n'),
    ...kinds.map(classText),
    withManifestParents(typed, new Set(kinds.map((kind) => `${classOf(kind)}Manifest`))),
  ].join('\n\n')}\n`;
}

/** A manifest is the props of its kind and what only the API server knows. */
function withManifestParents(text: string, manifests: ReadonlySet<string>): string {
  return text.replace(/^export interface (\w+) /gm, (declaration, name) =>
    manifests.has(name) ? `${declaration}extends ${name.replace(/Manifest$/, 'Props')} ` : declaration,
  );
}

function classOf({ kind, className }: KindClass): string {
  return className ?? kind;
}

/** What the author writes, and the whole object as the API server returns it. */
function kindTypes(kind: KindClass): Definition[] {
  const { apiVersion: _, kind: __, status, ...fields } = kind.schema.properties ?? {};
  const required = kind.schema.required ?? [];
  const properties = { metadata: { tsType: 'ObjectMeta' }, ...fields } as Record<string, Schema>;
  const open = kind.schema['x-kubernetes-preserve-unknown-fields'];
  const manifest: Record<string, Schema> = { apiVersion: { enum: [kind.apiVersion] }, kind: { enum: [kind.kind] } };
  if (status) manifest.status = status;
  return [
    {
      name: `${classOf(kind)}Props`,
      // A name can come from the construct, so metadata is never required of the author.
      schema: {
        type: 'object',
        properties,
        required: required.filter((name) => name !== 'metadata'),
        'x-kubernetes-preserve-unknown-fields': open,
      },
    },
    { name: `${classOf(kind)}Manifest`, schema: { type: 'object', properties: manifest, required } },
  ];
}

function classText(kind: KindClass): string {
  const name = classOf(kind);
  const optional = (kind.schema.required ?? []).every((field) =>
    ['apiVersion', 'kind', 'metadata', 'status'].includes(field),
  );
  return [
    `/** \`${kind.kind}\` of \`${kind.apiVersion}\`, ${kind.namespaced ? 'in a namespace' : 'of the whole cluster'}. */`,
    `export class ${name} extends TypedObject {`,
    `  static readonly apiVersion = '${kind.apiVersion}';`,
    `  static readonly kind = '${kind.kind}';`,
    `  static readonly GVK = { apiVersion: '${kind.apiVersion}', kind: '${kind.kind}', namespaced: ${kind.namespaced} } as const;`,
    '  /** Leads from the class to the type of a whole object, with its status; it has no value. */',
    `  static readonly manifest?: ${name}Manifest;`,
    '',
    `  constructor(scope: Construct, id: string, props: ${name}Props${optional ? ' = {}' : ''}) {`,
    `    super(scope, id, ${name}.GVK, props);`,
    '  }',
    '}',
  ].join('\n');
}

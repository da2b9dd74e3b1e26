import type { FieldsOf } from '../api/api-props';
import { type AnyField, Field, type Fields, type ObjectField } from '../api/field';
import { s } from '../api/schema-builder';

/** Names as Services have them, which is what every golden name is: nothing in one means anything in JSON or in an expression. */
const name = { pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 } as const;

/** What a request for access says of the resource, beside fields of the resource's own request. */
const resourceFields = {
  /** Name of the resource's request. */
  name: s.string({ ...name, immutable: true, description: "Name of the resource's request.", example: 'orders' }),
  /** Its name before it was renamed: names outside of the cluster are made from it. */
  formerName: s
    .string({ ...name, description: 'Its name before it was renamed: names outside of the cluster are made from it.' })
    .optional(),
  /** Its namespace before it was moved: names outside of the cluster are made from it. */
  formerNamespace: s
    .string({
      ...name,
      description: 'Its namespace before it was moved: names outside of the cluster are made from it.',
    })
    .optional(),
};

/** The fields of a request for access. */
export type AccessFields<Verb extends string, Shared extends Fields> = {
  /** What may be done. */
  readonly verb: Field<Verb, Verb, 'required'>;
  /** Name of the ServiceAccount that may do it. */
  readonly account: Field<string, string, 'required'>;
  /** What it may be done to. */
  readonly resource: ObjectField<typeof resourceFields & Shared, 'required'>;
};

/** The one version of an API for access. */
export type AccessVersions<Versions, Verb extends string, Name extends string> = {
  readonly v1: {
    readonly spec: AccessFields<Verb, FieldsNamed<FieldsOf<Versions, 'spec'>, Name>>;
    readonly status: typeof accessStatus;
  };
};

/** What a composition reports of access. */
export const accessStatus = {
  /** What access is granted to, as the backend calls it. */
  target: s.string({
    description: 'What access is granted to, as the backend calls it.',
    column: { name: 'Target', priority: 1 },
  }),
};

type FieldsNamed<Spec, Name extends string> = {
  readonly [K in Name & keyof Spec]: Spec[K] extends AnyField ? Spec[K] : never;
};

/**
 * The fields of a request for access.
 *
 * @param shared fields of the resource's request that rights depend on
 */
export function accessFields(kind: string, verbs: Readonly<Record<string, string>>, shared: Fields): Fields {
  const allowed = Object.entries(verbs).map(([verb, meaning]) => `\`${verb}\`: ${meaning}`);
  return {
    verb: s.string({
      enum: Object.keys(verbs),
      immutable: true,
      description: `What may be done. ${allowed.join('. ')}.`,
      column: 'Verb',
    }),
    account: s.string({
      ...name,
      immutable: true,
      description: 'Name of the ServiceAccount, in the namespace of the request, that may do it.',
      example: 'orders-api',
      column: 'Account',
    }),
    resource: s.object(
      { ...resourceFields, ...copiedAll(shared) },
      { description: `The ${kind} that it may be done to, in the namespace of the request.` },
    ),
  };
}

/** A field as it is copied from a request: it changes whenever that may change. */
function copied({ parts, presence }: AnyField): AnyField {
  const { description, example } = parts.options;
  const fields = parts.fields && { fields: copiedAll(parts.fields) };
  return new Field({ ...parts, ...fields, options: { description, example } }, presence);
}

function copiedAll(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, copied(field)]));
}

import { isRecord, show, suggestion } from '../../platform/rule';
import { jsonType, type SchemaNode } from '../../schema/schema-node';
import { bindExpression, type Expression, expressionOf, type FieldValue, isLeftOut, where } from './expression';
import { noValue, Reference, type Report } from './reference-methods';
import { ScalarReference } from './scalar-reference';
import { constant, transformed } from './transform';
import { typeOfNode, type ValueType } from './value-type';

/** A reference to a value. What it offers depends on the type of the value; what TypeScript does not offer is reported. */
export function reference(expression: Expression, report: Report): object {
  const { type } = expression;
  const types = type.of === 'schema' ? type.node.types : 0;
  if (expression.of === 'field' && expression.transforms.length === 0) {
    if (types === jsonType.object) return objectReference(expression, report);
    if (types === jsonType.array) return new ListReference(expression, report, reference);
  }
  return new ScalarReference(expression, report, reference);
}

/** An object whose fields are references. */
function objectReference(expression: FieldValue, report: Report): object {
  const fields = new Map<string, object>();
  const proxy: object = new Proxy(
    {},
    {
      get: (_, key) => {
        if (typeof key === 'symbol') return key === Symbol.toPrimitive ? () => noValue(expression, report) : undefined;
        // What asks for `then` or `toJSON` wants to know what the object is, not what it holds.
        if ((key === 'then' || key === 'toJSON' || key === 'constructor') && !hasField(expression, key)) {
          return key === 'toJSON' ? () => noValue(expression, report) : undefined;
        }
        const known = fields.get(key) ?? reference(field(expression, key, report), report);
        fields.set(key, known);
        return known;
      },
      has: (_, key) => typeof key === 'string' && hasField(expression, key),
      ownKeys: () => {
        report(`${where(expression)} cannot be spread or listed; name its fields one by one`);
        return [];
      },
      set: (_, key) => {
        report(`${where(expression)}.${String(key)} cannot be assigned; a composition only reads references`);
        return true;
      },
    },
  );
  return bindExpression(proxy, expression);
}

/** The schema of an object's field, or undefined when there is none. */
function nodeOfField(expression: FieldValue, name: string): SchemaNode | true | undefined {
  const node = expression.type.of === 'schema' ? expression.type.node : undefined;
  return node?.field(name) ?? node?.additional;
}

function hasField(expression: FieldValue, name: string): boolean {
  return expression.type.of === 'schema' && expression.type.node.field(name) !== undefined;
}

function field(expression: FieldValue, name: string, report: Report): FieldValue {
  const node = nodeOfField(expression, name);
  const parent = (expression.type as { readonly node: SchemaNode }).node;
  const path = [...expression.path, name];
  if (node === undefined) {
    report(`${where({ ...expression, path })} is not a known field${suggestion(name, parent.fieldNames())}`);
  }
  const own = parent.field(name)?.schema;
  const promised = parent.required.includes(name) || own?.default !== undefined;
  // Crossplane makes an object only when its request is there, with its name and its uid.
  const given = expression.path[0] === 'metadata' && ['name', 'namespace', 'uid'].includes(name);
  const whole = expression.path.length === 0 && name === 'metadata';
  return {
    ...expression,
    path,
    type: typeOfNode(node ?? true),
    always: expression.always && (promised || given || whole),
  };
}

/** A list, which has items instead of fields. */
class ListReference extends Reference {
  at(index: number): object {
    const { expression, report } = this;
    const list = expression as FieldValue;
    if (!Number.isInteger(index) || index < 0) {
      report(
        `${where(expression)}: index ${show(index)} must be a whole number from 0 up; a path counts from the start`,
      );
    }
    const { items } = (list.type as { readonly node: SchemaNode }).node;
    return reference({ ...list, path: [...list.path, index], type: typeOfNode(items ?? true), always: false }, report);
  }

  each(make: (item: object) => unknown): unknown[] {
    const { expression, report } = this;
    const list = expression as FieldValue;
    const { items, schema } = (list.type as { readonly node: SchemaNode }).node;
    const { maxItems = 0 } = schema;
    if (maxItems < 1 || maxItems > 50) {
      report(
        `${where(list)} may have ${maxItems === 0 ? 'any number of' : maxItems} items, and each place of the list needs ` +
          'patches of its own; give the list maxItems of 50 or less in the API',
      );
      return [];
    }
    return Array.from({ length: maxItems }, (_, i) => {
      // Within its own place of the list an item is always there.
      const item: FieldValue = { ...list, path: [...list.path, i], type: typeOfNode(items ?? true), always: true };
      return withConstants(make(reference(item, report)), item);
    });
  }

  join(separator: string): object {
    return this.after((list) =>
      transformed(list, string, { type: 'string', string: { type: 'Join', join: { separator } } }),
    );
  }

  orElse(fallback: unknown): object {
    return this.after((list) => ({ ...list, fallback: { value: fallback } }));
  }

  toJson(): object {
    return this.after((list) =>
      transformed(list, string, { type: 'string', string: { type: 'Convert', convert: 'ToJson' } }),
    );
  }
}

/** What is made for an item, with what is known patched in too: it must not be there when the item is not. */
function withConstants(made: unknown, item: FieldValue): unknown {
  const expression = expressionOf(made);
  if (expression)
    return isLeftOut(expression) ? bindExpression({}, { ...expression, fallback: { value: undefined } }) : made;
  if (made === undefined) return made;
  if (Array.isArray(made)) return made.map((value) => withConstants(value, item));
  if (!isRecord(made)) return bindExpression({}, constant(item, made));
  return Object.fromEntries(Object.entries(made).map(([name, value]) => [name, withConstants(value, item)]));
}

const string: ValueType = { of: 'scalar', scalar: 'string' };

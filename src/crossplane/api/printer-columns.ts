import type { AnyField, Fields } from './field';

/** A column of `kubectl get`, as a CRD writes it. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly jsonPath: string;
  readonly description?: string;
  readonly priority?: number;
}

/** The columns that fields ask for, in the order of the fields. */
export function printerColumns(parts: { readonly spec: Fields; readonly status: Fields }): PrinterColumn[] {
  return [...columnsOf(parts.spec, '.spec'), ...columnsOf(parts.status, '.status')];
}

function columnsOf(fields: Fields, path: string): PrinterColumn[] {
  return Object.keys(fields).flatMap((name) => {
    const { parts } = fields[name];
    const at = `${path}.${name}`;
    const own = parts.options.column === undefined ? [] : [columnOf(fields[name], at)];
    return parts.fields ? [...own, ...columnsOf(parts.fields, at)] : own;
  });
}

function columnOf({ parts: { options, keywords } }: AnyField, jsonPath: string): PrinterColumn {
  const column = typeof options.column === 'string' ? { name: options.column } : options.column;
  const { name = '', priority = 0 } = column ?? {};
  const type = keywords.format === 'date-time' ? 'date' : (keywords.type ?? 'string');
  return {
    name,
    type: type as PrinterColumn['type'],
    jsonPath,
    ...(options.description !== undefined && { description: options.description }),
    ...(priority > 0 && { priority }),
  };
}

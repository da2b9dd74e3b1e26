import { toYaml } from '../../gitops/yaml';
import { isRecord } from '../../platform/rule';
import type { ApiVersion } from './api';
import type { DefinedApi } from './defined-api';
import { exampleRequest } from './example-request';
import type { AnyField, CelRule, Fields } from './field';
import { columnsOf } from './xrd';

/**
 * The reference page of an API, in Markdown: what it offers, an example, every field with its limits, rules, status,
 * connection and versions.
 *
 * @throws GoldenError when the API has no valid example.
 */
export function apiReference(api: DefinedApi): string {
  const { kind, description, apiVersion, scope, plural, props } = api;
  const { spec, status = {}, rules = [] } = props.versions[api.referenceable.name];
  const columns = columnsOf(props, api.referenceable.name).map(({ name }) => name);
  const facts = [
    ['API version', code(apiVersion)],
    ['Kind', code(kind)],
    ['Scope', scope],
    ['Name', `${api.maxNameLength} characters at most`],
    ['kubectl', [plural, ...(props.shortNames ?? [])].map((name) => code(`kubectl get ${name}`)).join(', ')],
    ...(columns.length > 0 ? [['Columns', columns.join(', ')]] : []),
  ];
  const example = exampleRequest(api);
  const allRules = [...rules.map((rule) => [rule, ''] as const), ...rulesIn(spec, '')];
  const parts = [
    `# ${kind}`,
    description,
    list(facts.map(([what, value]) => `${what}: ${value}`)),
    '## Example',
    fence('ts', `new ${kind}(env, 'example', ${literal(example.spec, '')});\n`),
    'renders, besides labels:',
    fence('yaml', toYaml(example)),
    '## Spec',
    fieldTable(spec),
    ...(allRules.length > 0 ? ['## Rules', list(allRules.map(([rule, path]) => ruleText(rule, path)))] : []),
    ...(Object.keys(status).length > 0 ? ['## Status', statusTable(status)] : []),
    ...(Object.keys(api.connection).length > 0 ? ['## Connection', connectionTable(api)] : []),
    ...(api.versions.length > 1 ? ['## Versions', versionTable(api.versions)] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A field of a table, with the path to it. */
interface Row {
  readonly path: string;
  readonly field: AnyField;
}

/** Every field, those of objects and of the items of lists after the field that holds them. */
function rowsOf(fields: Fields, path = ''): Row[] {
  return Object.keys(fields).flatMap((name) => [
    { path: `${path}${name}`, field: fields[name] },
    ...nestedRows(fields[name], `${path}${name}`),
  ]);
}

function nestedRows({ parts: { fields, items, values } }: AnyField, path: string): Row[] {
  if (fields) return rowsOf(fields, `${path}.`);
  if (items) return nestedRows(items, `${path}[]`);
  return values ? nestedRows(values, `${path}.*`) : [];
}

function fieldTable(spec: Fields): string {
  const rows = rowsOf(spec).map(({ path, field }) => [
    code(path),
    typeText(field),
    presenceText(field),
    [...limitTexts(field), ...transitionTexts(field)].join('; '),
    descriptionText(field),
  ]);
  return table(['Field', 'Type', 'Default', 'Limits', 'Description'], rows);
}

function statusTable(status: Fields): string {
  const rows = rowsOf(status).map(({ path, field }) => [code(path), typeText(field), descriptionText(field)]);
  return table(['Field', 'Type', 'Description'], rows);
}

function connectionTable({ connection }: DefinedApi): string {
  const rows = Object.entries(connection).map(([key, { description }]) => [code(key), description]);
  return table(['Key', 'Value'], rows);
}

function versionTable(versions: readonly ApiVersion[]): string {
  const rows = versions.map(({ name, served, referenceable, deprecated }) => [
    code(name),
    served ? (referenceable ? 'served and stored' : 'served') : 'not served',
    deprecated === undefined ? '' : `deprecated: ${deprecated}`,
  ]);
  return table(['Version', 'State', 'Notes'], rows);
}

function typeText({ parts: { keywords, items, values } }: AnyField): string {
  if (keywords.enum) return keywords.enum.map((value) => code(JSON.stringify(value))).join(' ');
  if (keywords['x-kubernetes-int-or-string']) return 'integer or string';
  if (items) return `list of ${typeText(items)}`;
  if (values) return `map of ${typeText(values)}`;
  return keywords.format === undefined || keywords.type !== 'string' ? (keywords.type ?? 'any') : keywords.format;
}

function presenceText({ presence, parts: { keywords } }: AnyField): string {
  if (presence === 'required') return 'required';
  return presence === 'optional' ? 'none' : code(JSON.stringify(keywords.default));
}

function limitTexts({ parts: { keywords } }: AnyField): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, minProperties, maxProperties } = keywords;
  const { pattern, multipleOf } = keywords;
  return [
    rangeText(minimum, maximum, ''),
    rangeText(minLength, maxLength, ' characters'),
    rangeText(minItems, maxItems, ' items'),
    rangeText(minProperties, maxProperties, ' entries'),
    multipleOf === undefined ? undefined : `a multiple of ${multipleOf}`,
    pattern === undefined ? undefined : code(pattern),
    keywords['x-kubernetes-list-type'] === 'set' ? 'unique' : undefined,
    keywords['x-kubernetes-list-map-keys'] && `unique by ${keywords['x-kubernetes-list-map-keys'].join(', ')}`,
  ].filter((text) => text !== undefined);
}

function rangeText(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `${least}${unit} or more`;
  return most === undefined ? undefined : `${most}${unit} at most`;
}

function transitionTexts({ parts: { options } }: AnyField): string[] {
  return [...(options.immutable ? ['immutable'] : []), ...(options.growOnly ? ['can only grow'] : [])];
}

function descriptionText({ parts: { options } }: AnyField): string {
  const deprecation = options.deprecated === undefined ? [] : [`**Deprecated:** ${options.deprecated}`];
  return [...(options.description === undefined ? [] : [options.description]), ...deprecation].join(' ');
}

/** Rules of fields, and of what is in lists and maps, with the path to each. */
function rulesIn(fields: Fields, path: string): (readonly [CelRule, string])[] {
  return Object.keys(fields).flatMap((name) => rulesOf(fields[name], `${path}${name}`));
}

function rulesOf({ parts }: AnyField, path: string): (readonly [CelRule, string])[] {
  return [
    ...(parts.options.rules ?? []).map((rule) => [rule, path] as const),
    ...(parts.fields ? rulesIn(parts.fields, `${path}.`) : []),
    ...(parts.items ? rulesOf(parts.items, `${path}[]`) : []),
    ...(parts.values ? rulesOf(parts.values, `${path}.*`) : []),
  ];
}

function ruleText({ cel, message, fieldPath = '' }: CelRule, path: string): string {
  const at = `${path}${fieldPath}`.replace(/^\./, '');
  return `${at === '' ? '' : `${code(at)}: `}${message} (${code(cel)})`;
}

/** Code in Markdown; backticks in it are kept apart from those around it. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\``;
}

/** A value as TypeScript writes it, one field a line. */
function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(', ')}]`;
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  if (!isRecord(value)) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const fields = Object.entries(value).map(([name, field]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
    return `${deeper}${key}: ${literal(field, deeper)},\n`;
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join('')}${indent}}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `| ${heads.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** A bar or a line break would end a cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

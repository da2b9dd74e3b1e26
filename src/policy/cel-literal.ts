/** A plain value as CEL writes it. */
export function celLiteral(value: unknown): string {
  if (typeof value === 'string') return celString(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(celLiteral).join(', ')}]`;
  throw new Error(`no CEL literal for ${typeof value}`);
}

/** A text in single quotes, as expressions in YAML are easiest to read. */
export function celString(value: string): string {
  const escaped = value
    .replace(/[\\']/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

import { formats } from '../schema/formats';
import type { Fields } from './fields';

/** Whether a port is a number or name that a port can have. What is none is the schema's to report. */
export function isPort(value: unknown): boolean {
  return typeof value === 'number' ? value >= 1 && value <= 65535 : accepts('port-name', value);
}

/** Whether a value is a DNS name, as most names of objects are. */
export function isObjectName(value: unknown): boolean {
  return accepts('dns-subdomain', value);
}

/** Whether labels have values that labels can have. */
export function areLabels(labels: Fields): boolean {
  return Object.values(labels).every((value) => accepts('label-value', value));
}

function accepts(format: string, value: unknown): boolean {
  return typeof value === 'string' && formats[format].accepts(value as never);
}

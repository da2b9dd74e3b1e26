import { Optional } from '@marcbachmann/cel-js';
import { re2 } from '../re2';
import { define, type Library, namespace } from './library';

/** A format that Kubernetes has a name for, and what it says of a text that is not of it. */
class Format {
  constructor(
    readonly name: string,
    readonly problems: (text: string) => readonly string[],
  ) {}
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

/** A format of one pattern and a length. */
const pattern = (name: string, expression: string, length: number): Format =>
  new Format(name, (text) => [
    ...(text.length > length ? [`must be no more than ${length} characters`] : []),
    ...(re2(`^${expression}$`).test(text) ? [] : [`is no ${name}: it must match ${expression}`]),
  ]);

/** A name that ends in a dash is the start of a generated one, so the dash is left out of the check. */
const prefixed = (name: string, of: Format): Format =>
  new Format(name, (text) => of.problems(text.endsWith('-') ? `${text.slice(0, -1)}a` : text));

const subdomain = pattern('dns1123Subdomain', `${label}(\\.${label})*`, 253);
const label1123 = pattern('dns1123Label', label, 63);
const label1035 = pattern('dns1035Label', '[a-z]([-a-z0-9]*[a-z0-9])?', 63);

const qualifiedName = new Format('qualifiedName', (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return ['must be a name with at most one prefix and "/"'];
  const name = parts[parts.length - 1];
  return [
    ...(parts.length === 2 ? subdomain.problems(parts[0]).map((problem) => `prefix ${problem}`) : []),
    ...pattern('qualifiedName', qualified, 63).problems(name),
  ];
});

const isUri = (text: string) => /^([A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s]+|\/[^\s]*)$/.test(text);
const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString?.().startsWith(text) === true;
const isDateTime = (text: string) =>
  /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text) &&
  !Number.isNaN(Date.parse(text));
const predicate = (name: string, holds: (text: string) => boolean): Format =>
  new Format(name, (text) => {
    let fine = false;
    try {
      fine = holds(text);
    } catch {
      // A date that does not exist throws, and is none.
    }
    return fine ? [] : [`is no ${name}`];
  });

const formats: readonly Format[] = [
  label1123,
  subdomain,
  label1035,
  qualifiedName,
  prefixed('dns1123LabelPrefix', label1123),
  prefixed('dns1123SubdomainPrefix', subdomain),
  prefixed('dns1035LabelPrefix', label1035),
  new Format('labelValue', (text) => (text === '' ? [] : pattern('labelValue', qualified, 63).problems(text))),
  predicate('uri', isUri),
  pattern('uuid', '[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}', 36),
  predicate('byte', (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)),
  predicate('date', isDate),
  predicate('datetime', isDateTime),
];

/** Kubernetes' named formats: `!format.dns1123Label().validate(s).hasValue()`. */
export const formatLibrary: Library = (env) => {
  env.registerType('Format', Format);
  define(env, {
    'Format.validate(string): optional<list<string>>': (format: Format, text: string) => {
      const problems = format.problems(text);
      return Optional.of(problems.length === 0 ? undefined : problems);
    },
  });
  namespace(env, 'format', {
    'named(string): optional<Format>': (name: string) => Optional.of(formats.find((format) => format.name === name)),
    ...Object.fromEntries(formats.map((format) => [`${format.name}(): Format`, () => format])),
  });
};

import { Environment } from '@marcbachmann/cel-js';
import { collectionLibrary } from './functions/collections';
import { formatLibrary } from './functions/format';
import { imageLibrary } from './functions/image';
import { integerLibrary } from './functions/integer';
import { ipLibrary } from './functions/ip';
import { mathLibrary } from './functions/math';
import { quantityLibrary } from './functions/quantity';
import { regexLibrary } from './functions/regex';
import { semverLibrary } from './functions/semver';
import { textLibrary } from './functions/text';
import { urlLibrary } from './functions/url';
import { LazyValues } from './lazy-values';
import { defineOptionalMacros } from './macros';

const libraries = [
  collectionLibrary,
  formatLibrary,
  imageLibrary,
  integerLibrary,
  ipLibrary,
  mathLibrary,
  quantityLibrary,
  regexLibrary,
  semverLibrary,
  textLibrary,
  urlLibrary,
];

let base: Environment | undefined;

/** An environment with every library, to which a caller adds its variables. */
export function newEnvironment(): Environment {
  if (!base) {
    base = new Environment({ enableOptionalTypes: true });
    base.registerType('LazyValues', LazyValues);
    defineOptionalMacros(base);
    for (const library of libraries) library(base);
  }
  return base.clone();
}

/** Functions of cel-js that mean something else elsewhere, and ours that mean the same; cel-js lets nobody replace its own. */
export const replacements: Readonly<Record<string, string>> = {
  matches: 'matchesRe2',
  lowerAscii: 'lowerAsciiOnly',
  upperAscii: 'upperAsciiOnly',
  int: 'toInt',
};

let names: ReadonlySet<string> | undefined;

/** Functions of cel-js that no API server has. */
const foreign = new Set(['json', 'hex', 'at', 'getDate', ...Object.values(replacements)]);

/** The names of all functions, methods and macros that an expression may call. */
export function functionNames(): ReadonlySet<string> {
  if (!names) {
    const { functions } = newEnvironment().getDefinitions();
    names = new Set(functions.map(({ name }) => name).filter((name) => !foreign.has(name)));
  }
  return names;
}

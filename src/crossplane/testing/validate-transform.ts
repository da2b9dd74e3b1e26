import { re2 } from '../../cel/re2';
import type { MatchTransform, MathTransform, StringTransform, Transform } from './patch-and-transform-input';
import { invalid, type Problem, required, under } from './validate-problem';

const toTypes = ['string', 'bool', 'int', 'int64', 'float64', 'object', 'array'];
const formats = ['none', 'quantity', 'json'];

/** What the function finds wrong with a transform before it runs. */
export function validateTransform(transform: Transform): Problem | undefined {
  const { type, map, match, math, string, convert } = transform;
  const missing = (): Problem => required(type, `given transform type ${type} requires configuration`);
  switch (type) {
    case 'map':
      if (!map) return missing();
      return Object.keys(map).length === 0
        ? required('map.pairs', 'at least one pair must be specified if a map transform is specified')
        : undefined;
    case 'match':
      return match ? under('match', validateMatch(match)) : missing();
    case 'math':
      return math ? under('math', validateMath(math)) : missing();
    case 'string':
      return string ? under('string', validateString(string)) : missing();
    case 'convert': {
      if (!convert) return missing();
      const { format = 'none', toType } = convert;
      if (!formats.includes(format)) return invalid('convert.format', format, 'invalid format');
      return toTypes.includes(toType) ? undefined : invalid('convert.toType', toType ?? '', 'invalid type');
    }
    default:
      return invalid('type', type ?? '', 'unknown transform type');
  }
}

function validateMatch({ patterns = [] }: MatchTransform): Problem | undefined {
  if (patterns.length === 0) {
    return required('patterns', 'at least one pattern must be specified if a match transform is specified');
  }
  for (const [index, { type, literal, regexp }] of patterns.entries()) {
    const problem = under(`patterns[${index}]`, validatePattern(type, literal, regexp));
    if (problem) return problem;
  }
  return undefined;
}

function validatePattern(type: string | undefined, literal?: string, regexp?: string): Problem | undefined {
  if (!type || type === 'literal') {
    return literal === undefined ? required('literal', 'literal pattern type requires a literal') : undefined;
  }
  if (type !== 'regexp') return invalid('type', type, 'unknown pattern type');
  if (regexp === undefined) return required('regexp', 'regexp pattern type requires a regexp');
  return compiles(regexp) ? undefined : invalid('regexp', regexp, 'invalid regexp');
}

function compiles(regexp: string): boolean {
  try {
    re2(regexp);
    return true;
  } catch {
    return false;
  }
}

function validateMath({ type, multiply, clampMin, clampMax }: MathTransform): Problem | undefined {
  switch (type) {
    case 'Multiply':
      return multiply === undefined
        ? required('multiply', 'must specify a value if a multiply math transform is specified')
        : undefined;
    case 'ClampMin':
      return clampMin === undefined
        ? required('clampMin', 'must specify a value if a clamp min math transform is specified')
        : undefined;
    case 'ClampMax':
      return clampMax === undefined
        ? required('clampMax', 'must specify a value if a clamp max math transform is specified')
        : undefined;
    default:
      return type
        ? invalid('type', type, 'unknown math transform type')
        : required('type', 'math transform type is required');
  }
}

function validateString(step: StringTransform): Problem | undefined {
  switch (step.type) {
    case 'Format':
      return step.fmt === undefined ? required('fmt', 'format transform requires a format') : undefined;
    case 'Convert':
      return step.convert === undefined
        ? required('convert', 'convert transform requires a conversion type')
        : undefined;
    case 'TrimPrefix':
    case 'TrimSuffix':
      return step.trim === undefined ? required('trim', 'trim transform requires a trim value') : undefined;
    case 'Regexp':
      if (!step.regexp) return required('regexp', 'regexp transform requires a regexp');
      if (!step.regexp.match) return required('regexp.match', 'regexp transform requires a match');
      return compiles(step.regexp.match) ? undefined : invalid('regexp.match', step.regexp.match, 'invalid regexp');
    case 'Join':
      return step.join ? undefined : required('join', 'join transform requires a join');
    case 'Replace':
      if (!step.replace) return required('replace', 'replace transform requires a replace');
      return step.replace.search ? undefined : required('replace.search', 'replace transform requires a search');
    default:
      return step.type
        ? invalid('type', step.type, 'unknown string transform type')
        : required('type', 'string transform type is required');
  }
}

import { isDeepStrictEqual } from 'node:util';
import { renderComposition } from '../../../src/crossplane/testing';
import {
  type CrossplaneRender,
  CrossplaneRenderError,
  type CrossplaneRendered,
} from '../../../src/dev/crossplane-render';
import { GoldenError } from '../../../src/platform/golden-error';
import type { RenderCase } from './composition-arbitraries';

const environmentKey = 'apiextensions.crossplane.io/environment';

/** What a render came to: what was made, or why nothing was. */
interface Outcome {
  readonly made?: Omit<CrossplaneRendered, 'context'> & { readonly environment: unknown };
  readonly refused?: string;
}

/** What differs between `renderComposition` and `crossplane render`, or undefined when nothing does. */
export async function compareRender(render: CrossplaneRender, one: RenderCase): Promise<string | undefined> {
  const ours = renderHere(one);
  const real = await renderThere(render, one);
  if (ours.refused !== undefined || real.refused !== undefined) {
    const same =
      ours.refused !== undefined && real.refused !== undefined && plain(ours.refused) === plain(real.refused);
    return same ? undefined : `${one.name}: ours ${shown(ours)}, real ${shown(real)}`;
  }
  const parts = ['composite', 'resources', 'results', 'environment'] as const;
  const different = parts.filter((part) => !isDeepStrictEqual(ours.made?.[part], real.made?.[part]));
  return different.length === 0
    ? undefined
    : different
        .map((part) => `${one.name}: ${part}${firstDifference(ours.made?.[part], real.made?.[part])}`)
        .join('\n');
}

/** Whether the functions call a case fatal. */
export function isRefused(one: RenderCase): boolean {
  return renderHere(one).refused !== undefined;
}

function renderHere({ composition, request, observed, environment }: RenderCase): Outcome {
  try {
    const { composite, resources, results, context } = renderComposition(composition, request, observed, {
      environment,
    });
    return { made: { composite, resources, results: results.map(plainResult), environment: context[environmentKey] } };
  } catch (error) {
    if (!(error instanceof GoldenError)) throw error;
    return { refused: error.problems[0].message };
  }
}

function plainResult({ step, severity, message }: { step: string; severity: string; message: string }) {
  return { step, severity: `SEVERITY_${severity.toUpperCase()}`, message };
}

async function renderThere(render: CrossplaneRender, one: RenderCase): Promise<Outcome> {
  const { composition, request, observed, environment } = one;
  try {
    const context = environment === undefined ? {} : { [environmentKey]: environment };
    const { context: left, ...made } = await render.render({ composition, request, observed, context });
    return { made: { ...made, environment: left[environmentKey] } };
  } catch (error) {
    if (!(error instanceof CrossplaneRenderError)) throw error;
    const fatal = /pipeline step "[^"]*" returned a fatal result: ([\s\S]*)/.exec(error.message);
    return { refused: fatal?.[1] ?? error.message.replace('cannot render composite resource: ', '') };
  }
}

/** Reasons that Go's decoders word in more detail than is worth repeating: what stands before them has to be the same. */
const decoderReasons = [
  /(?<=cannot get Function input).*/s,
  /(?<=convert transform could not resolve: )(invalid (JSON|character)|unexpected end of JSON|json: cannot unmarshal).*/s,
  /(?<=string is not valid base64).*/s,
  /(?<=Object 'Kind' is missing).*/s,
];

function plain(reason: string): string {
  return decoderReasons.reduce((text, detail) => text.replace(detail, ''), reason);
}

function shown({ refused }: Outcome): string {
  return refused === undefined ? 'renders' : `refuses: ${refused}`;
}

/** Where two values part, and what each has there. */
function firstDifference(ours: unknown, real: unknown): string {
  if (isObject(ours) && isObject(real) && Array.isArray(ours) === Array.isArray(real)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(real)])];
    const key = keys.find((one) => !isDeepStrictEqual(ours[one], real[one]));
    if (key !== undefined) return `.${key}${firstDifference(ours[key], real[key])}`;
  }
  return `: ours ${JSON.stringify(ours)}, real ${JSON.stringify(real)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

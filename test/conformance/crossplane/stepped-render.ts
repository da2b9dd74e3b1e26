import { observe, type PlainObject, type Rendered, renderComposition } from '../../../src/crossplane/testing';
import type { CrossplaneRender } from '../../../src/dev/crossplane-render';
import { compareRender } from './compare-render';

/** What the cloud has done by the time of a render, and what is then expected of it. */
export interface CloudStep {
  /** Status of composed resources, by their names in the composition. */
  readonly statuses: Readonly<Record<string, unknown>>;
  /** Whether the request is ready. */
  readonly ready: boolean;
  /**
   * Warnings that the functions give, one pattern each: those of `Required` sources that are not there yet.
   * @default - none
   */
  readonly warnings?: readonly RegExp[];
}

/** A request that is followed from nothing to ready. */
export interface SteppedRender {
  readonly name: string;
  readonly composition: PlainObject;
  readonly request: PlainObject;
  /** The first step observes nothing but the request; each other one what the step before it made. */
  readonly steps: readonly CloudStep[];
}

/** What every step made, and what was not as expected. */
export interface SteppedOutcome {
  readonly rendered: readonly Rendered[];
  readonly problems: readonly string[];
}

/** Renders step by step, in process and with the real functions, which have to agree. */
export async function renderSteps(render: CrossplaneRender, subject: SteppedRender): Promise<SteppedOutcome> {
  const { name, composition, request, steps } = subject;
  const rendered: Rendered[] = [];
  const problems: string[] = [];
  for (const [index, step] of steps.entries()) {
    const place = `${name}, step ${index}`;
    const before = rendered.at(-1) ?? { resources: [] };
    const observed = observe(before, step.statuses);
    const difference = await compareRender(render, { name: place, composition, request, observed });
    if (difference !== undefined) problems.push(difference);
    const made = renderComposition(composition, request, observed);
    problems.push(...unexpected(place, step, made));
    rendered.push(made);
  }
  return { rendered, problems };
}

function unexpected(place: string, { ready, warnings = [] }: CloudStep, made: Rendered): string[] {
  const messages = made.results.map(({ message }) => message);
  const surprises = messages.filter((message) => !warnings.some((warning) => warning.test(message)));
  const missing = warnings.filter((warning) => !messages.some((message) => warning.test(message)));
  return [
    ...(made.ready === ready
      ? []
      : [`${place}: ready is ${made.ready}, unready are ${made.unready.join(', ') || 'none'}`]),
    ...surprises.map((message) => `${place}: warning ${message}`),
    ...missing.map((warning) => `${place}: no warning ${warning}`),
  ];
}

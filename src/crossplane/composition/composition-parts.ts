import type { Kind } from '../../schema/kind';
import type { Api } from '../api/api';
import type { ComposedResource } from './composed-resource';
import type { CompositionProps } from './composition-props';
import type { ConnectionSource } from './connection';
import type { ComposedTemplate, PipelineStep } from './patch-and-transform';
import type { Target } from './target';

/** A step of the author's own, and its place. */
export interface PlacedStep {
  readonly step: PipelineStep;
  readonly place: 'before' | 'after';
}

/** What a composition was described as. */
export interface CompositionParts {
  /** Whose references may stand in it. */
  readonly owner: object;
  readonly api: Api;
  readonly request: Kind;
  readonly props: CompositionProps;
  readonly target: Target;
  readonly resources: readonly ComposedResource[];
  readonly templates: readonly ComposedTemplate[];
  readonly steps: readonly PlacedStep[];
  readonly report: { readonly status?: object; readonly connection?: Readonly<Record<string, ConnectionSource>> };
}

import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Environment } from '../platform/environment';
import { type Problem, pathOf } from '../platform/golden-error';
import type { PlainObject } from '../platform/placed-object';
import { type ObjectCache, withObjectCache } from '../platform/rendered-objects';

/** One object of a render, with where it comes from. */
export interface RenderedObject {
  readonly object: PlainObject;
  /** The construct that made it. */
  readonly construct: ApiObject;
  /** Path of the construct, with the app's name first. */
  readonly path: string;
  /** The environment that it is rendered for. */
  readonly environment: Environment;
}

/** What a tree of constructs renders to, and what its constructs have to say against it. */
export interface Rendered {
  readonly objects: readonly RenderedObject[];
  readonly problems: readonly Problem[];
}

/**
 * Renders every object below a construct, each once, in the order in which constructs were made.
 *
 * cdk8s validates and resolves the whole app again for each chart, which makes its synthesis quadratic; here the tree is
 * walked once. Dependencies between constructs order the documents of one file there; with one object per file there is
 * nothing left for them to order.
 */
export function render(root: Construct): Rendered {
  return withObjectCache(root, (cache) => renderTree(root, cache));
}

function renderTree(root: Construct, cache: ObjectCache): Rendered {
  const objects: RenderedObject[] = [];
  const problems: Problem[] = [];
  const visit = (construct: Construct, environment: Environment | undefined): void => {
    for (const message of construct.node.validate()) problems.push({ path: pathOf(construct), message });
    const around = Environment.isEnvironment(construct) ? construct : environment;
    if (ApiObject.isApiObject(construct)) {
      if (around === undefined) {
        problems.push({
          path: pathOf(construct),
          message: 'is outside of any environment; make it with env of forEachEnvironment',
        });
      } else {
        objects.push({
          object: toObject(construct, cache, problems),
          construct,
          path: pathOf(construct),
          environment: around,
        });
      }
    }
    for (const child of construct.node.children) visit(child as Construct, around);
  };
  visit(root, undefined);
  return { objects, problems };
}

function toObject(construct: ApiObject, cache: ObjectCache, problems: Problem[]): PlainObject {
  try {
    return cache.objectOf(construct);
  } catch (error) {
    problems.push({ path: pathOf(construct), message: `can't be rendered: ${(error as Error).message}` });
    return { apiVersion: construct.apiVersion, kind: construct.kind, metadata: { name: construct.name } };
  }
}

import type { IConstruct } from 'constructs';

/** Who owns what is rendered. */
export interface Ownership {
  /** The owning team. */
  readonly team: string;
  /** The system that the app is part of. */
  readonly system: string;
}

const contextKey = 'cdk8s-golden-path:ownership';

/** Names the owner of a construct and of everything below it. Call it before children are added. */
export function setOwnership(scope: IConstruct, ownership: Ownership): void {
  scope.node.setContext(contextKey, ownership);
}

/** Who owns a construct; undefined in a plain cdk8s chart. */
export function ownershipOf(scope: IConstruct): Ownership | undefined {
  return scope.node.tryGetContext(contextKey);
}

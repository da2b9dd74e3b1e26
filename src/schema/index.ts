export type { Crd } from './crd-kinds';
export type { Kind } from './kind';
export { KindRegistry } from './kind-registry';
export { type KnownKind, kindOf, knownKinds, minorsServing } from './kinds';
export { validate } from './validate';
export type { Violation } from './violation';

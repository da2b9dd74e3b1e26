export { available, observe } from './observe';
export type { PlainObject, Rendered, RenderOptions, RenderResult } from './render-composition';
export { renderComposition } from './render-composition';

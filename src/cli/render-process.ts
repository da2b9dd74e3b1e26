import { type RenderedApp, renderedApp } from '../app/rendered-app';
import type { Problem } from '../platform/golden-error';
import { type LoadOptions, loadEach } from './load-apps';

/** What a process of its own is asked to render. */
export interface RenderRequest {
  readonly file: string;
  readonly options: LoadOptions;
}

/** What became of it. */
export interface RenderAnswer {
  readonly file: string;
  readonly apps: readonly RenderedApp[];
  readonly problems: readonly Problem[];
}

// Requests wait for each other: an app file changes the working folder.
let last: Promise<void> = Promise.resolve();

process.on('message', ({ file, options }: RenderRequest) => {
  last = last.then(async () => {
    const { apps, problems } = await loadEach([file], options);
    const answer: RenderAnswer = { file, apps: apps.map(renderedApp), problems };
    process.send?.(answer);
  });
});
// Nobody waits for an answer any more.
process.on('disconnect', () => process.exit());

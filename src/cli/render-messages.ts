import type { RenderedApp } from '../app/rendered-app';
import type { FolderChanges, FolderSwap, TreeOptions } from '../gitops/plan-tree';
import type { Problem } from '../platform/golden-error';
import type { LoadOptions } from './load-apps';

/** What a process of its own is asked; nothing but plain data reaches it. The renders that it holds go by their number. */
export type Request =
  | { readonly ask: 'render'; readonly file: string; readonly options: LoadOptions }
  | { readonly ask: 'plan'; readonly root: string; readonly renders: readonly number[]; readonly options: TreeOptions }
  | {
      readonly ask: 'stage';
      readonly root: string;
      /** Whom it stages for. */
      readonly writer: string;
      readonly folders: readonly HeldFolder[];
    };

/** A folder that was planned, and the move that installs it. */
export interface HeldFolder {
  readonly render: number;
  readonly folder: string;
  readonly move: number;
}

/** What became of a file. Its apps are held under the next numbers. */
export interface RenderAnswer {
  readonly file: string;
  readonly apps: readonly RenderedApp[];
  readonly problems: readonly Problem[];
}

/** What became of a request of another kind. */
export interface TreeAnswer {
  /** The plans that were asked for. */
  readonly plans?: readonly FolderChanges<FolderSwap>[];
  /** What stands in the way, in the words of a tree's errors. */
  readonly problems?: readonly string[];
}

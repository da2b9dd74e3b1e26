import type { FolderChange, FolderPlan, TreeSource } from './plan-tree';
import { PublishError } from './publish-error';
import type { TreeRender } from './tree-render';

/** What changes of an app. */
export interface AppPlan {
  readonly app: string;
  readonly folders: readonly FolderPlan[];
}

/** What a publish is about to do. */
export interface PublishPlan {
  /** What changes, by app. */
  readonly apps: readonly AppPlan[];
  /** What is published, each with the tree that it goes to. */
  readonly compared: readonly { readonly render: TreeRender; readonly source: TreeSource }[];
}

/** Says whether a plan is carried out. */
export type Approve = (plan: PublishPlan) => Promise<boolean>;

/** What was agreed to, so that nobody is asked again when others were first and it is still the same. */
export class Approval {
  private readonly approve: Approve;
  private agreed?: string;

  constructor(approve: Approve) {
    this.approve = approve;
  }

  /**
   * Asks.
   *
   * @throws PublishError when they do not agree.
   */
  async ask(plan: PublishPlan, changes: readonly FolderChange[]): Promise<void> {
    const there = plan.compared.map(({ source }) =>
      [...source.scan.folders].map(([name, folder]) => [name, folder.indexText]),
    );
    const asked = JSON.stringify([there, changes.map((each) => [each.folder, each.indexText])]);
    if (asked === this.agreed) return;
    if (!(await this.approve(plan))) throw new PublishError('declined', ['nobody said yes to it; nothing was pushed']);
    this.agreed = asked;
  }
}

import type { GitClone } from './git-clone';
import type { FolderChange, FolderPlan } from './plan-tree';
import { PublishError } from './publish-error';
import { filesOfFolder, readCommit } from './read-commit';

/** What changes of an app. */
export interface AppPlan {
  readonly app: string;
  readonly folders: readonly FolderPlan[];
}

/** What a publish is about to do. */
export interface PublishPlan {
  /** What changes, by app. */
  readonly apps: readonly AppPlan[];
  /** The files of a folder as they are now, by name; none of one that is not there yet. */
  before(folder: string): Promise<ReadonlyMap<string, string>>;
  /** The files of a folder as they will be, by name; none of one that is removed. */
  after(folder: string): ReadonlyMap<string, string>;
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
   * @param tree the tree that is changed; undefined where there is none yet
   * @throws PublishError when they do not agree.
   */
  async ask(
    { objects }: GitClone,
    tree: string | undefined,
    apps: readonly AppPlan[],
    changes: readonly FolderChange[],
  ): Promise<void> {
    const there = tree === undefined ? [] : await readCommit(objects, tree);
    const committed = new Map(there.map((each) => [each.folder, each]));
    const asked = JSON.stringify(changes.map((each) => [each.indexText, committed.get(each.folder)?.entries]));
    if (asked === this.agreed) return;
    const plan: PublishPlan = {
      apps,
      before: async (folder) => {
        const found = committed.get(folder);
        return found === undefined ? new Map() : filesOfFolder(objects, found);
      },
      after: (folder) => {
        const files = changes.find((each) => each.folder === folder)?.rendered?.files ?? [];
        return new Map(files.map(({ name, content }) => [name, content]));
      },
    };
    if (!(await this.approve(plan))) throw new PublishError('declined', ['nobody said yes to it; nothing was pushed']);
    this.agreed = asked;
  }
}

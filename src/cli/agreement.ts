import type { RunApp } from '../app/run';
import type { PlaceDiff } from '../diff/tree-diff';
import { PublishError } from '../gitops/publish-error';
import type { Approve } from '../gitops/publish-plan';
import { ask, canAsk } from './ask';
import { diffOf, planText } from './print-plan';
import type { Progress } from './progress';

/** How a command that changes an environment is agreed to. */
export interface AgreementFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Shows what is about to change, and lets it go on when that is agreed to: by a flag, or by whoever sits at the terminal. */
export class Agreement {
  /** The last changes that were shown. */
  places: readonly PlaceDiff[] = [];
  /** What was rendered for the plan, as far as it was. */
  apps: readonly RunApp[] = [];
  private readonly flags: AgreementFlags;
  private readonly question: string;
  private readonly signal: AbortSignal;
  private readonly progress: Progress;

  constructor(flags: AgreementFlags, question: string, signal: AbortSignal, progress: Progress) {
    this.progress = progress;
    this.flags = flags;
    this.question = question;
    this.signal = signal;
  }

  /** As a publish asks it. */
  readonly approve: Approve = async (plan) => {
    const { yes, dryRun, json } = this.flags;
    this.progress.clear();
    this.places = diffOf(plan, this.apps);
    if (!json) console.log(planText(plan, this.places));
    if (dryRun) return false;
    if (yes) return true;
    if (json || !canAsk()) {
      throw new PublishError('declined', [
        'there is no terminal to ask at; look at the change with --dry-run, and give --yes',
      ]);
    }
    return ask(this.question, this.signal);
  };
}

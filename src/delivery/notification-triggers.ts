/** What people may hear of, by the names that Argo CD's own catalog has for it. */
export type NotificationTrigger = 'on-sync-failed' | 'on-health-degraded' | 'on-sync-status-unknown' | 'on-deployed';

/** When a message is sent, and what it says. */
export interface TriggerRule {
  /** An expression of expr-lang on `app`, the Application. */
  readonly when: string;
  /**
   * An expression too: the same value is told once for as long as the Application is there.
   * @default - told again each time that `when` begins to hold
   */
  readonly oncePer?: string;
  /** What has happened to the Application, as the words that follow its name. */
  readonly says: string;
  /** The sign of it, as Slack names it. */
  readonly sign: string;
  /**
   * Whether all is well, so that there is nothing to explain.
   * @default false
   */
  readonly isGood?: boolean;
}

/** The number of the last deployment that worked; a sync that only heals counts as none. */
const deployment = 'string(last(app.status.history ?? [])?.id ?? 0)';

/** A message without the name of the file that Argo CD applied, which is another one each time. */
const reason = `join(filter(split(.message ?? '', ' '), not (# matches '^"/.*":$')), ' ')`;

/** What a sync failed of: objects finish in any order, and all of it has to fit into an annotation a hundred times. */
const reasons = `(split(app.status.operationState.message ?? '', ', reason: ')[0] + join(sort(map(filter(app.status.operationState.syncResult?.resources ?? [], .status == 'SyncFailed' or .hookPhase in ['Failed', 'Error']), ' ' + .kind + ' ' + .name + ' ' + ${reason}))))[:300]`;

/** What is told of, and how often. */
export const notificationTriggers: Readonly<Record<NotificationTrigger, TriggerRule>> = {
  // A failed sync is tried again whenever anybody changes the repository: once per commit would be once per commit of everybody.
  'on-sync-failed': {
    when: `app.status?.operationState?.phase in ['Failed', 'Error']`,
    oncePer: `${deployment} + ' ' + ${reasons}`,
    says: 'failed to sync',
    sign: ':x:',
  },
  'on-health-degraded': {
    when: `app.status?.health?.status == 'Degraded'`,
    oncePer: deployment,
    says: 'is not healthy',
    sign: ':warning:',
  },
  // While Argo CD itself restarts, every Application is unknown for a moment; what its team has done stays.
  'on-sync-status-unknown': {
    when: `app.status?.sync?.status == 'Unknown' and any(app.status.conditions ?? [], .type endsWith 'Error' and time.Now().Sub(time.Parse(.lastTransitionTime)).Minutes() >= 5)`,
    says: 'can’t be compared with its repository',
    sign: ':grey_question:',
  },
  'on-deployed': {
    when: `app.status?.operationState?.phase == 'Succeeded' and app.status?.health?.status == 'Healthy' and app.status?.sync?.status == 'Synced'`,
    oncePer: deployment,
    says: 'is deployed',
    sign: ':white_check_mark:',
    isGood: true,
  },
};

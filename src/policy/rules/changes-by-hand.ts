import { definePolicy } from '../define-policy';
import { deployment } from '../example-objects';
import { strings } from '../parameter';

const by = (username: string) => ({ userInfo: { username, groups: ['system:authenticated'] } });

export const changesByHand = definePolicy({
  id: 'changes-by-hand',
  title: 'Changes come from the GitOps controller',
  why: 'A change by hand is in no history, and is undone by the next sync.',
  fix: 'change it in git',
  severity: 'medium',
  category: 'gitops',
  match: {
    kinds: ['apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/CronJob', 'v1/Service'],
    // Autoscalers and controllers write through subresources, which no rule for the kind itself sees; the system writes as itself.
    when: "!request.userInfo.username.startsWith('system:kube-') && !request.userInfo.username.startsWith('system:node:') && !request.userInfo.username.startsWith('system:serviceaccount:kube-system:')",
  },
  parameters: {
    writers: strings({
      says: 'the users that may change workloads',
      example: ['system:serviceaccount:argocd:argocd-application-controller'],
      default: ['system:serviceaccount:argocd:argocd-application-controller'],
    }),
  },
  checks: [
    {
      field: 'metadata',
      holds: 'request.userInfo.username in variables.writers',
      says: 'is changed by somebody else',
    },
  ],
  examples: {
    passes: [
      { object: deployment(), request: by('system:serviceaccount:argocd:argocd-application-controller') },
      { object: deployment(), request: by('system:serviceaccount:kube-system:deployment-controller') },
    ],
    fails: [{ object: deployment(), request: by('jane') }],
  },
});

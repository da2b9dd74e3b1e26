/** A step in an object's life as KWOK plays it (`kwok.x-k8s.io/v1alpha1`): when the selector holds, `next` happens. */
interface Stage {
  readonly apiVersion: string;
  readonly kind: 'Stage';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly resourceRef: { readonly apiGroup: string; readonly kind: string };
    readonly selector: { readonly matchExpressions: readonly Match[] };
    readonly next: { readonly statusTemplate?: string; readonly delete?: boolean };
  };
}

/** A condition on an object: `key` is a jq path. */
interface Match {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

const alive: Match = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };

function stage(kind: string, name: string, matchExpressions: readonly Match[], next: Stage['spec']['next']): Stage {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, next },
  };
}

/** One container status a line of `state` (a YAML flow map) for each container of a list. */
function containerStatuses(field: string, containers: string, ready: boolean, state: string): string {
  return `${field}:
{{ range ${containers} }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", restartCount: 0, ready: ${ready}, ${state} }
{{ end }}
`;
}

const running = 'started: true, state: { running: { startedAt: {{ $now | Quote }} } }';
const completed =
  'started: false, state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }';

/**
 * The lives that conformance needs: a Node gets ready; a Pod that was given a Node runs and is ready at once; a Pod of
 * a Job succeeds; a deleted Pod is gone.
 */
export const kwokStages: readonly Stage[] = [
  stage(
    'Node',
    'node-ready',
    [{ key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: 'NotIn', values: ['True'] }],
    {
      statusTemplate: `
{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
addresses:
- { type: InternalIP, address: {{ NodeIP | Quote }} }
- { type: Hostname, address: {{ NodeName | Quote }} }
capacity: { cpu: "1000", memory: 4Ti, ephemeral-storage: 4Ti, pods: "1000" }
allocatable: { cpu: "1000", memory: 4Ti, ephemeral-storage: 4Ti, pods: "1000" }
`,
    },
  ),
  stage(
    'Pod',
    'pod-ready',
    [
      alive,
      { key: '.spec.nodeName', operator: 'Exists' },
      { key: '.status.phase', operator: 'In', values: ['Pending'] },
    ],
    {
      statusTemplate: `
{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
conditions:
{{ range $type := list "PodReadyToStartContainers" "Initialized" "ContainersReady" "Ready" }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
{{ $ip := PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ $ip | Quote }}
podIPs: [{ ip: {{ $ip | Quote }} }]
${containerStatuses('containerStatuses', '.spec.containers', true, running)}
initContainerStatuses:
{{ range .spec.initContainers }}
{{ if eq ( or .restartPolicy "" ) "Always" }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", restartCount: 0, ready: true, ${running} }
{{ else }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", restartCount: 0, ready: true, ${completed} }
{{ end }}
{{ end }}
`,
    },
  ),
  stage(
    'Pod',
    'pod-of-job-succeeds',
    [
      alive,
      { key: '.status.phase', operator: 'In', values: ['Running'] },
      { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] },
    ],
    {
      statusTemplate: `
{{ $now := Now }}
phase: Succeeded
conditions:
{{ range $type := list "ContainersReady" "Ready" }}
- { type: {{ $type }}, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }} }
{{ end }}
${containerStatuses('containerStatuses', '.spec.containers', false, completed)}
`,
    },
  ),
  stage('Pod', 'pod-deleted', [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }], { delete: true }),
];

import type { TriggerRule } from './notification-triggers';

/** What a template knows of who sends it and who reads it. */
export interface TemplateSubject {
  /** Name of the trigger. */
  readonly trigger: string;
  readonly rule: TriggerRule;
  /** Prefix of the labels that say whose an Application is. */
  readonly labelPrefix: string;
  /** The GitOps repository, in which paths begin with environment and cluster. */
  readonly repoUrl: string;
  /** Names of webhooks. */
  readonly webhooks: readonly string[];
  /** Whether somebody reads e-mail. */
  readonly email: boolean;
}

/** What Argo CD makes a message from. */
export interface Template {
  /** For Slack. */
  readonly message: string;
  readonly email?: { readonly subject: string; readonly body: string };
  readonly webhook?: Readonly<Record<string, { readonly method: string; readonly body: string }>>;
}

/** How many reasons a message names, and how many characters of each. */
const limits = { reasons: 5, characters: 300 };

/** Works out where and whose the Application is. What it lacks is left out, so that none breaks the template. */
function whereabouts({ labelPrefix, repoUrl }: Pick<TemplateSubject, 'labelPrefix' | 'repoUrl'>): string {
  return `{{- $team := dig "metadata" "labels" "${labelPrefix}/owner" "" .app -}}
{{- $environment := "" -}}
{{- $cluster := "" -}}
{{- $path := splitList "/" (dig "spec" "source" "path" "" .app) -}}
{{- if and (eq (dig "spec" "source" "repoURL" "" .app) ${JSON.stringify(repoUrl)}) (ge (len $path) 2) -}}
{{- $environment = index $path 0 }}{{ $cluster = index $path 1 -}}
{{- end -}}
`;
}

/** Works out what a message says beside its headline. */
const details = `{{- $status := dig "status" (dict) .app -}}
{{- $operation := dig "operationState" (dict) $status -}}
{{- $commit := dig "syncResult" "revision" (dig "sync" "revision" "" $status) $operation -}}
{{- $url := printf "%s/applications/%s/%s" .context.argocdUrl .app.metadata.namespace .app.metadata.name -}}
{{- $about := list -}}
{{- if $team }}{{ $about = append $about (printf "team %s" $team) }}{{ end -}}
{{- if $commit }}{{ $about = append $about (printf "commit %s" (trunc 7 $commit)) }}{{ end -}}
{{- $why := list -}}
`;

/**
 * Works out the reasons: of a failed sync, of what is not healthy, and of what can't be compared. Objects that failed come with reasons
 * of their own, which the message of the sync repeats without their names. The file that Argo CD applied says nothing to anybody.
 */
const reasons = `{{- $reasons := list -}}
{{- if has (dig "phase" "" $operation) (list "Failed" "Error") -}}
{{- range dig "syncResult" "resources" (list) $operation -}}
{{- if or (eq (dig "status" "" .) "SyncFailed") (has (dig "hookPhase" "" .) (list "Failed" "Error")) -}}
{{- $reasons = append $reasons (printf "%s %s: %s" .kind .name (regexReplaceAll "^error when [a-z]+ \\"/[^\\"]*\\": " (dig "message" "" .) "")) -}}
{{- end -}}
{{- end -}}
{{- $message := dig "message" "" $operation -}}
{{- if $reasons }}{{ $message = first (splitList ", reason: " $message) }}{{ end -}}
{{- $reasons = prepend $reasons $message -}}
{{- end -}}
{{- range dig "resources" (list) $status -}}
{{- if eq (dig "health" "status" "" .) "Degraded" -}}
{{- $reasons = append $reasons (printf "%s %s: %s" .kind .name (dig "health" "message" "Degraded" .)) -}}
{{- end -}}
{{- end -}}
{{- range dig "conditions" (list) $status -}}
{{- if has .type (list "ComparisonError" "InvalidSpecError" "UnknownError") -}}
{{- $reasons = append $reasons .message -}}
{{- end -}}
{{- end -}}
{{- $reasons = uniq $reasons -}}
{{- range $i, $reason := $reasons -}}
{{- if lt $i ${limits.reasons} }}{{ $why = append $why (regexFind "^.{0,${limits.characters}}" (regexReplaceAll "\\\\s+" $reason " ")) }}{{ end -}}
{{- end -}}
{{- if gt (len $reasons) ${limits.reasons} }}{{ $why = append $why (printf "and %d more" (sub (len $reasons) ${limits.reasons})) }}{{ end -}}
`;

const headline = (says: string) =>
  `{{ .app.metadata.name }} ${says}{{ if $cluster }} in {{ $environment }} on {{ $cluster }}{{ end }}`;

/** Slack reads these three characters as its own (Slack, "Formatting text for app surfaces"). */
const escaped = '| replace "&" "&amp;" | replace "<" "&lt;" | replace ">" "&gt;"';

/** What a trigger says, for each kind of service that is there. */
export function notificationTemplate(subject: TemplateSubject): Template {
  const { trigger, rule, webhooks, email } = subject;
  const where = whereabouts(subject);
  const known = `${where}${details}${rule.isGood ? '' : reasons}`;
  const json = `${known}{{- dict "trigger" "${trigger}" "app" .app.metadata.name "team" $team "environment" $environment "cluster" $cluster "commit" $commit "reasons" $why "url" $url | toRawJson -}}`;
  return {
    message: `${known}${rule.sign} *${headline(rule.says)}*
{{- with $about }}
{{ join ", " . }}{{ end }}
{{- range $why }}
> {{ . ${escaped} }}{{ end }}
<{{ $url }}|See it in Argo CD>`,
    ...(email && {
      email: {
        subject: `${where}${headline(rule.says)}`,
        body: `${known}${headline(rule.says)}
{{- with $about }}
{{ join ", " . }}{{ end }}
{{- range $why }}
- {{ . }}{{ end }}
{{ $url }}`,
      },
    }),
    ...(webhooks.length > 0 && {
      webhook: Object.fromEntries(webhooks.map((name) => [name, { method: 'POST', body: json }])),
    }),
  };
}

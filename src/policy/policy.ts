import type { Parameters, ValuesOf } from './parameter';
import type { SubjectName } from './subject';

/** How bad a violation is. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** What a rule is about. */
export type Category =
  | 'pod security'
  | 'reliability'
  | 'cost'
  | 'ownership'
  | 'network'
  | 'supply chain'
  | 'gitops'
  | 'crossplane';

/** Where a rule comes from. */
export interface Standards {
  /** Control of the Kubernetes Pod Security Standards: `'Baseline: Host Namespaces'`. */
  readonly podSecurity?: string;
  /** Section of the Kubernetes Hardening Guide of NSA and CISA, version 1.2: `'Pod security: non-root containers'`. */
  readonly nsa?: string;
  /** Recommendation of the CIS Kubernetes Benchmark, version 1.10: `'5.2.2'`. */
  readonly cis?: string;
}

/** Which objects a rule looks at. */
export interface PolicyMatch {
  /**
   * Kinds as `apiVersion/Kind` (`'v1/Service'`, `'networking.k8s.io/v1/Ingress'`); `'pods'` for pods and every built-in kind that
   * makes pods, so that a violation is found where it is written; `'all'` for every kind.
   */
  readonly kinds: 'pods' | 'all' | readonly string[];
  /** @default - `CREATE` and `UPDATE` */
  readonly operations?: readonly ('CREATE' | 'UPDATE' | 'DELETE')[];
  /**
   * The only namespaces that it looks at. Objects outside of namespaces are looked at all the same.
   * @default - every namespace that is not excluded
   */
  readonly namespaces?: readonly string[];
  /**
   * Labels that an object must have.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * CEL that must hold of an object for the rule to look at it.
   * @default - it looks at all
   */
  readonly when?: string;
}

/** A list inside of an object whose items are checked one by one. */
export interface ItemList {
  /** What an item is called in the expression: `'port'`. */
  readonly item: string;
  /** CEL for the list: `'object.spec.?ports.orValue([])'`. */
  readonly of: string;
  /** Where the list is: `'spec.ports'`. */
  readonly at: string;
}

/** One thing that must hold. */
export interface PolicyCheck {
  /**
   * What the expression is about. `container` is every container of a pod, also init, sidecar and ephemeral ones; the expression is then asked
   * for each, under that name. The specification of the pod is `variables.pod`.
   * @default 'object'
   */
  readonly on?: SubjectName | ItemList;
  /** The field that a finding names, below the subject: `'securityContext.privileged'`. */
  readonly field: string;
  /** CEL that is true of what is allowed. */
  readonly holds: string;
  /** What is wrong otherwise, read after the field: `'must not be true'`. */
  readonly says: string;
}

/** Objects that show what a rule means; they are its tests. */
export interface PolicyExamples {
  /** Each is allowed. */
  readonly passes: readonly PolicyExample[];
  /** Each is found. */
  readonly fails: readonly PolicyExample[];
}

/** An object, or a request to the API server for rules that look at one. */
export type PolicyExample = ExampleObject | ExampleRequest;

/** A request to the API server as an example gives it. */
export interface ExampleRequest {
  readonly object: ExampleObject;
  /** The object before an update. */
  readonly oldObject?: ExampleObject;
  /** What else the server knows: `{ userInfo: { username } }`. */
  readonly request?: Readonly<Record<string, unknown>>;
}

/** An object as an example gives it. */
export interface ExampleObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** What a rule says, as it is handed to `definePolicy`. */
export interface PolicyDefinition<P extends Parameters = Parameters> {
  /** DNS label, the name of the rule everywhere: `'host-namespaces'`. */
  readonly id: string;
  /** A short sentence that says what holds: `'Pods do not share namespaces of the host'`. */
  readonly title: string;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  /** What to change when it fails. */
  readonly fix: string;
  readonly severity: Severity;
  readonly category: Category;
  /** @default - none */
  readonly standards?: Standards;
  readonly match: PolicyMatch;
  /**
   * What a platform sets; expressions read each as `variables.<name>`.
   * @default - nothing
   */
  readonly parameters?: P;
  /**
   * Named expressions that the checks share, each allowed to use those before it: `variables.<name>`.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  readonly checks: readonly PolicyCheck[];
  readonly examples: PolicyExamples;
}

/** A rule. */
export interface Policy<P extends Parameters = Parameters> extends PolicyDefinition<P> {
  /** The parameters that are set, or have a default. */
  readonly values: Partial<ValuesOf<P>>;
  /**
   * Whether it was read from a file; it then has no variables but its own.
   * @default false
   */
  readonly isImported?: boolean;
  /**
   * The same rule with parameters set.
   * @throws GoldenError when a value is out of range or a name is unknown
   */
  with(values: Partial<ValuesOf<P>>): Policy<P>;
}

/** A rule of any parameters. */
// biome-ignore lint/suspicious/noExplicitAny: `with` takes the parameters of its own rule, which a list of rules does not know
export type AnyPolicy = Policy<any>;

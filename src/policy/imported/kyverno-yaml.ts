/** A condition with a name, as policies write it. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** Kinds of requests that a policy sees. */
export interface ResourceRule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly operations?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** A ValidatingPolicy as a file has it; nothing of it is sure. */
export interface ValidatingPolicyYaml {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly failurePolicy?: string;
    readonly validationActions?: readonly string[];
    readonly autogen?: { readonly podControllers?: { readonly controllers?: readonly string[] } };
    readonly matchConstraints?: {
      readonly namespaceSelector?: Selector;
      readonly objectSelector?: Selector;
      readonly resourceRules?: readonly ResourceRule[];
      readonly excludeResourceRules?: readonly ResourceRule[];
    };
    readonly matchConditions?: readonly NamedExpression[];
    readonly variables?: readonly NamedExpression[];
    readonly validations?: readonly { readonly expression: string; readonly message?: string }[];
  };
}

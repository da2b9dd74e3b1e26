/** What a composition is called, and what holds for all of its resources. */
export interface CompositionProps {
  /** Name of the Composition, one in the cluster: `postgresinstances-aws`. */
  readonly name: string;
  /**
   * Labels of the Composition: a request picks one by `compositionSelector`.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The provider's configuration that managed resources use.
   * @default - the ClusterProviderConfig `default`
   */
  readonly providerConfig?: { readonly kind: 'ClusterProviderConfig' | 'ProviderConfig'; readonly name: string };
  /**
   * Prefix of the platform's own label keys.
   * @default 'golden-path.local'
   */
  readonly labelPrefix?: string;
  /**
   * Tags of every resource that takes tags, each with the label of the request that it is read from.
   * @default - owner, system, environment and cost-center, from the request's labels of these names under `labelPrefix`
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Name of the request's connection Secret, with `%s` for the name of the request.
   * @default - `%s-<kind in lower case>-connection`: requests of two APIs may have one name
   */
  readonly connectionSecret?: string;
  /**
   * Namespace of the Secrets that managed resources write, where they belong to the whole cluster.
   * @default 'crossplane-system'
   */
  readonly secretNamespace?: string;
  /**
   * CustomResourceDefinitions of kinds that the library does not know.
   * @default - none
   */
  readonly crds?: readonly object[];
}

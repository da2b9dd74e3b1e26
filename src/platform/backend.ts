import type { Construct } from 'constructs';
import type { OperatorDemands } from './operator-demand';
import type { Rule } from './rule';

/** The Crossplane that fulfils requests: v1.20, where a request is a claim, or v2. */
export type CrossplaneVersion = 'v1' | 'v2';

/** Where a key of a connection contract is found: in a Secret, or made from other keys. */
export type ConnectionLocation =
  /**
   * A key of a Secret in the request's namespace; `%s` in its name stands for the name of the request, and `%{spec.a.b}` for a
   * field of it.
   */
  | { readonly secret: string; readonly key: string }
  /**
   * Other keys in a text, each as `$(key)`: Kubernetes expands it where the text is an environment variable. An empty text is
   * nothing: variables that would hold it are left out.
   */
  | { readonly text: string };

/** A request as the rules of a backend see it. */
export interface BackendRequest<Spec = unknown> {
  readonly name: string;
  readonly namespace: string;
  /** What is asked for, with the defaults that the cluster fills in. */
  readonly spec: Spec;
  /**
   * What it was before it was renamed or moved.
   * @default - it is new, or always was what it is
   */
  readonly movedFrom?: { readonly externalName?: string };
}

/** How requests of one API are fulfilled, as far as those who make and use them have to know. */
export interface Backend {
  /** Name of the composition. */
  readonly name: string;
  /** The API that it fulfils. */
  readonly api: { readonly group: string; readonly kind: string };
  /** Where each key of the API's connection contract is found. */
  readonly connection: Readonly<Record<string, ConnectionLocation>>;
  /** Ports that users of the resource connect to. */
  readonly ports: readonly number[];
  /**
   * The pods that answer on these ports, where the request is made.
   * @default - none: the topology says where it is reached
   */
  readonly pods?: BackendPods;
  /** Whether it finds what a request stood for before it was renamed or moved. */
  readonly takesOver: boolean;
  /**
   * The Crossplane that it is for.
   * @default 'v2'
   */
  readonly target?: CrossplaneVersion;
  /**
   * Name of the Secret that Crossplane v1 writes the connection into, as a claim has to ask for it; `%s` stands for the name of
   * the request.
   * @default - `%s-<kind in lower case>-connection`
   */
  readonly connectionSecret?: string;
  /** What it cannot fulfil. */
  readonly rules: readonly Rule<BackendRequest<never>>[];
  /**
   * What operators run for its requests in their namespace, by group and kind: a quota that follows what is rendered counts it.
   * @default - nothing runs there
   */
  readonly operators?: OperatorDemands;
  /**
   * Who an account is to the cloud, where what is granted is granted to the account itself.
   * @default - nobody: those who are granted something sign in by what the connection holds
   */
  readonly identity?: BackendIdentity;
}

/** Pods that fulfil a request. */
export interface BackendPods {
  /**
   * Their namespace.
   * @default - that of the request
   */
  readonly namespace?: string;
  /** Labels that they have; `%s` stands for the name of the request. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** Who an account is to a cloud. */
export interface BackendIdentity {
  /** The cloud, as `identity` of a workload calls it: one that names somebody else there would never sign in as its account. */
  readonly cloud: 'aws' | 'gcp' | 'azure';
  /** Asks for what makes the account somebody, at most once for each, and tells what else it takes to sign in. */
  readonly establish: (scope: Construct, account: BackendAccount) => SignIn;
  /**
   * How many grants one account takes, and what to do about more.
   * @default - any number
   */
  readonly atMost?: { readonly grants: number; readonly advice: string };
}

/** What it takes to sign in to a cloud as an account. */
export interface SignIn {
  /**
   * Annotations of the account.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What pods reach for it: an agent at fixed addresses, or what the topology has in `network.backends` under a name. */
  readonly reaches: readonly (
    | { readonly cidrs: readonly string[]; readonly port: number }
    | { readonly backend: string; readonly port: number }
  )[];
}

/** An account that something is granted to. */
export interface BackendAccount {
  readonly name: string;
  readonly namespace: string;
}

/** A cluster as those who choose backends see it. */
export interface BackendCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** Facts about its cloud, by provider, as the topology has them. */
  readonly cloud: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * The other clusters of environments whose requests are made in this one, with facts about their clouds.
   * @default - none: every environment has one cluster
   */
  readonly siblings?: readonly Pick<BackendCluster, 'name' | 'cloud'>[];
  /**
   * Prefix of the platform's own label keys, from which tags are read.
   * @default 'golden-path.local'
   */
  readonly labelPrefix?: string;
  /**
   * The Crossplane that runs there.
   * @default 'v2'
   */
  readonly crossplane?: CrossplaneVersion;
}

/** The backends of requests that are made in a cluster, one for each API. */
export type Backends = (cluster: BackendCluster) => readonly Backend[];

import type { Construct } from 'constructs';
import type { BackendAccount, ConnectionLocation, SignIn } from '../../platform/backend';

/** A workload, as far as granting it something concerns it. */
export interface Grantee {
  /** Requests for access are made below it, so that they go when it goes. */
  readonly scope: Construct;
  readonly account: BackendAccount;
  /** The team that owns it. */
  readonly team: string;
  /** Clouds in which it says by itself who it is. */
  readonly identities: readonly string[];
  /** Whether its objects are made anew before each deployment, when nothing else of the deployment is there yet. */
  readonly runsBefore: boolean;
}

/** What a workload gets with access. */
export interface Granted {
  /** Where what it signs in with is found. */
  readonly keys: Readonly<Record<string, ConnectionLocation>>;
  /**
   * What it takes to sign in as its account.
   * @default - nothing: it signs in with the keys
   */
  readonly signIn?: SignIn;
}

/** What may be done with a resource, and how that is granted. */
export interface Access<Verb extends string = string, Credential extends string = string> {
  /** What may be done, with what each verb means. */
  readonly verbs: Readonly<Record<Verb, string>>;
  /** What those who have access sign in with. */
  readonly connection: Readonly<Record<Credential, unknown>>;
  /** @throws GoldenError when the verb is none, or when the resource belongs to somebody else. */
  grant(grantee: Grantee, resource: object, verb: string): Granted;
}

/** Whatever access can be granted to. */
export interface Grantable<Verb extends string = string, Credential extends string = string> {
  readonly access: Access<Verb, Credential>;
}

/** Whether access can be granted to a value. */
export function isGrantable(value: unknown): value is Grantable {
  return typeof (value as Partial<Grantable> | undefined)?.access?.grant === 'function';
}

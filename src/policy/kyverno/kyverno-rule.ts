import type { Finding } from '../finding';
import type { ExampleObject, PolicyMatch } from '../policy';

/** What every rule says that acts in the cluster and has no verdict in process. */
export interface KyvernoRuleBase {
  /** DNS label. */
  readonly id: string;
  readonly title: string;
  /** Why it is there, in a sentence or two. */
  readonly why: string;
  readonly category: Finding['category'];
}

/** Who signs images. */
export type Attestor =
  | {
      /** An identifier: `'ci'`. */
      readonly name: string;
      /** The public key, PEM. */
      readonly key: string;
    }
  | {
      readonly name: string;
      /** Signatures without a key: who the certificate names, and who vouches for that. */
      readonly keyless:
        | { readonly issuer: string; readonly subject: string }
        | { readonly issuer: string; readonly subjectRegExp: string };
    };

/** A signed statement about an image. */
export interface Attestation {
  /** An identifier: `'sbom'`. */
  readonly name: string;
  /** The in-toto predicate type: `'https://cyclonedx.org/bom'`. */
  readonly type: string;
  /**
   * The oldest that a vulnerability scan may be, in days.
   * @default - any age, for statements that do not age
   */
  readonly maxAgeDays?: number;
}

/** Images that count only when they are signed. */
export interface ImageVerification extends KyvernoRuleBase {
  readonly kind: 'verify-images';
  /** Globs of the images: `'ghcr.io/acme/*'`. */
  readonly images: readonly string[];
  /** Each image is signed by one of them. */
  readonly attestors: readonly Attestor[];
  /** @default - none */
  readonly attestations?: readonly Attestation[];
}

/** Objects that appear beside others. */
export interface GenerationRule extends KyvernoRuleBase {
  readonly kind: 'generate';
  /** What they appear for. */
  readonly match: Pick<PolicyMatch, 'kinds' | 'when'>;
  /** CEL for the namespace that they appear in: `'object.metadata.name'`. */
  readonly namespace: string;
  /** The objects, without a namespace. */
  readonly objects: readonly GeneratedObject[];
  /**
   * Whether what is changed or deleted by hand is put back.
   * @default true
   */
  readonly synchronize?: boolean;
  /** What it makes of objects; they are its tests. An object that it makes nothing of has an empty list. */
  readonly examples: readonly { readonly of: ExampleObject; readonly makes: readonly ExampleObject[] }[];
}

/** An object that a rule makes. */
export interface GeneratedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** Objects that disappear when their time has come. */
export interface DeletionRule extends KyvernoRuleBase {
  readonly kind: 'delete';
  readonly match: Pick<PolicyMatch, 'kinds' | 'labels'>;
  /** When it looks for them, as cron writes it, in UTC. */
  readonly schedule: string;
  /** CEL of Kyverno, `time.now()` included: all must hold. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Objects that it deletes and objects that it keeps; they are its tests. */
  readonly examples: { readonly deletes: readonly ExampleObject[]; readonly keeps: readonly ExampleObject[] };
}

/** Fields that are filled into objects. */
export interface MutationRule extends KyvernoRuleBase {
  readonly kind: 'mutate';
  readonly match: Pick<PolicyMatch, 'kinds' | 'when'>;
  /** CEL that makes the fields to merge: `'Object{metadata: Object.metadata{labels: {"acme.io/tier": "web"}}}'`. */
  readonly apply: readonly string[];
  /** Objects before and after; they are its tests. */
  readonly examples: readonly { readonly before: ExampleObject; readonly after: ExampleObject }[];
}

/** A rule that only Kyverno carries out: other engines have no such thing, and in process there is nothing to judge. */
export type KyvernoRule = ImageVerification | GenerationRule | DeletionRule | MutationRule;

import type { Attestation, Attestor, ImageVerification } from './kyverno-rule';

/** Predicate type of a CycloneDX bill of materials. */
export const cycloneDx = 'https://cyclonedx.org/bom';

/** Predicate type of a vulnerability scan, as cosign attaches it. */
export const vulnerabilityScan = 'https://cosign.sigstore.dev/attestation/vuln/v1';

/** What a platform decides about signatures. */
export interface SignedImagesOptions {
  /** Globs of the images that are signed: `'ghcr.io/acme/*'`. */
  readonly images: readonly string[];
  readonly attestors: readonly Attestor[];
  /**
   * Whether each image has a signed bill of materials.
   * @default true
   */
  readonly billOfMaterials?: boolean;
  /**
   * The oldest that a vulnerability scan may be, in days; `false` asks for none.
   * @default 7
   */
  readonly scanMaxAgeDays?: number | false;
}

/** Images run only when they are signed, listed and scanned. Signatures are looked up in the registry, so only a cluster can judge. */
export function signedImages(options: SignedImagesOptions): ImageVerification {
  const { images, attestors, billOfMaterials = true, scanMaxAgeDays = 7 } = options;
  const attestations: Attestation[] = [
    ...(billOfMaterials ? [{ name: 'sbom', type: cycloneDx }] : []),
    ...(scanMaxAgeDays === false ? [] : [{ name: 'scan', type: vulnerabilityScan, maxAgeDays: scanMaxAgeDays }]),
  ];
  return {
    kind: 'verify-images',
    id: 'signed-images',
    title: 'Images are signed by the pipeline that built them',
    why: 'A signature tells an image that was built and checked from one that somebody pushed.',
    category: 'supply chain',
    images,
    attestors,
    attestations,
  };
}

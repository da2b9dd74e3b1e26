import type { Manifest } from 'cdk8s-golden-path/testing';

/**
 * Which Kustomizations deliver a file of the GitOps repository, as `namespace/name`: those whose path holds it, when their
 * GitRepository shows it.
 */
export function deliverersOf(file: string, objects: readonly Manifest[]): string[] {
  const isFluxKind = (kind: string) => (object: Manifest) =>
    object.kind === kind && object.apiVersion.includes('.toolkit.fluxcd.io/');
  const repositories = objects.filter(isFluxKind('GitRepository'));
  return objects
    .filter(isFluxKind('Kustomization'))
    .filter(({ metadata, spec }) => {
      const { name, namespace = metadata.namespace } = spec.sourceRef;
      const source = repositories.find((r) => r.metadata.name === name && r.metadata.namespace === namespace);
      if (source === undefined) throw new Error(`${metadata.name} is of the repository ${name}, which is not there`);
      return `./${file}`.startsWith(`${spec.path}/`) && isShown(file, source.spec.ignore);
    })
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

/** What is left out is written as paths from the root, and the last line that matches a file or a folder of it decides. */
function isShown(file: string, ignore: string): boolean {
  const names = file.split('/');
  const matches = (pattern: string) =>
    pattern.split('/').every((glob, index) => {
      const expression = glob.replace(/\./g, '\\.').replace(/\*/g, '.*');
      return names[index] !== undefined && new RegExp(`^${expression}$`).test(names[index]);
    });
  const last = ignore
    .trim()
    .split('\n')
    .findLast((line) => matches(line.replace(/^!?\//, '')));
  return last === undefined || last.startsWith('!');
}

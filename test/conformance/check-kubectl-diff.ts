import { spawn } from 'node:child_process';
import { kubernetesProgram } from '../../src/dev/kube-apiserver';
import { fieldManager } from './apply';
import type { Finding } from './report';
import type { Manifest } from './tree';

/** The command line that people use. */
export const kubectlProgram = kubernetesProgram('kubectl');

/** `kubectl diff` of an applied tree shows nothing. */
export async function checkKubectlDiff(
  kubectl: string,
  kubeconfig: string,
  cache: string,
  manifests: readonly Manifest[],
): Promise<Finding> {
  const child = spawn(
    kubectl,
    ['diff', `--cache-dir=${cache}`, '--server-side', `--field-manager=${fieldManager}`, '-f', '-'],
    {
      env: { ...process.env, KUBECONFIG: kubeconfig, KUBECTL_EXTERNAL_DIFF: 'diff -u -N' },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  child.stdin.end(manifests.map(({ bytes }) => `---\n${bytes}`).join('\n'));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const clean = code === 0 && output === '';
  return { counted: `${manifests.length} objects`, problems: clean ? [] : [output || `exit code ${code}`] };
}

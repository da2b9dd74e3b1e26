import { fileFindings } from '../doctor/files';
import type { Finding } from '../doctor/finding';
import { packageFindings } from '../doctor/packages';
import { repositoryFindings } from '../doctor/repositories';
import type { ExitCode } from './exit-codes';
import { failureOf } from './failure';
import { Interrupt } from './interrupt';
import { Progress } from './progress';
import { say } from './say';
import { hanging } from './wrapped';

/** What `doctor` can be told. */
export interface DoctorFlags {
  readonly repo?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Looks at what golden needs, and prints what to fix. @returns the exit code: 1 when something has to be fixed */
export async function doctor({ repo, json, debug }: DoctorFlags): Promise<ExitCode> {
  const interrupt = new Interrupt();
  const progress = new Progress();
  try {
    const folder = process.cwd();
    progress.step('looking at what is installed');
    const findings = [...packageFindings(folder), ...fileFindings(folder)];
    progress.step(repo === undefined ? 'looking at git' : 'asking the repository');
    findings.push(...(await repositoryFindings(repo, interrupt.signal)));
    progress.end();
    console.log(json ? JSON.stringify({ findings }, undefined, 2) : overview(findings));
    return findings.some(({ verdict }) => verdict === 'fix') ? 1 : 0;
  } catch (error) {
    progress.end();
    const { code, problems } = failureOf(error, 'doctor', debug);
    say('error', problems);
    return interrupt.code ?? code;
  } finally {
    interrupt.end();
  }
}

function overview(findings: readonly Finding[]): string {
  const lines = findings.map(({ verdict, message }) => hanging(verdict.padEnd(6), message));
  const count = findings.filter(({ verdict }) => verdict === 'fix').length;
  const verdict = count === 0 ? 'all is well' : `${count} ${count === 1 ? 'thing has' : 'things have'} to be fixed`;
  return [...lines, '', verdict].join('\n');
}

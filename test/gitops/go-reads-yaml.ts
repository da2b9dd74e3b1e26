import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { toYaml } from '../../src/gitops/yaml';
import { anyDocument, asJson, treacherousText } from './documents';

/** A document that Go did not read back as the value it was written from. */
export interface Misreading {
  readonly document: string;
  readonly meant: unknown;
  readonly read: unknown;
}

/**
 * Writes generated documents, the same ones each time, and has Go's YAML readers read them back.
 *
 * Run by itself (`npx jiti test/gitops/go-reads-yaml.ts`) it prints them.
 *
 * @returns those that came back as something else.
 * @throws Error when there is no Go, or when the program does not build.
 */
export function goReadsYaml(documents = 5000): Misreading[] {
  const meant: object[] = [
    ...treacherousText.map((text) => ({ a: text, list: [text, { b: text }], [text]: { [`${text}x`]: text }, z: text })),
    ...fc.sample(anyDocument, { numRuns: documents, seed: 1 }),
  ];
  const written = meant.map(toYaml);
  const { error, status, stdout, stderr } = spawnSync('go', ['run', '.'], {
    cwd: path.join(__dirname, 'go'),
    input: JSON.stringify(written),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (error || status !== 0) {
    throw new Error(`go run in test/gitops/go failed: ${error?.message ?? stderr}`);
  }
  const readings: { strict?: unknown; v3?: unknown; error?: string }[] = JSON.parse(stdout);
  return written.flatMap((document, i) =>
    [readings[i].error ?? readings[i].strict ?? {}, readings[i].error ?? readings[i].v3 ?? {}]
      .filter((read) => !isDeepStrictEqual(read, asJson(meant[i])))
      .map((read) => ({ document, meant: meant[i], read })),
  );
}

if (process.argv[1] === __filename) {
  const misreadings = goReadsYaml();
  for (const misreading of misreadings.slice(0, 10)) {
    console.log(JSON.stringify(misreading, null, 2));
  }
  console.log(`${misreadings.length} documents misread by Go`);
  process.exitCode = misreadings.length === 0 ? 0 : 1;
}

import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../..');

/**
 * The compiler's errors, one line each, for files that exist in memory only.
 *
 * @param files texts by path below the repository
 */
export function typeCheck(files: Readonly<Record<string, string>>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
  };
  const virtual = new Map(Object.entries(files).map(([path, text]) => [join(root, path), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  const program = ts.createProgram([...virtual.keys()], options, {
    ...host,
    getSourceFile: (path, language) => {
      const text = virtual.get(path) ?? readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, language);
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.slice(root.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

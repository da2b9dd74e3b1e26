import { execFile } from 'node:child_process';

/**
 * Runs the Go toolchain in a folder and returns what it printed.
 * @throws Error with the end of what it wrote to standard error
 */
export function runGo(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile('go', args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout.trim());
      } else {
        const tail = stderr.trimEnd().split('\n').slice(-20).join('\n');
        reject(new Error(`go ${args.join(' ')} failed in ${folder}: ${tail || error.message}`, { cause: error }));
      }
    });
  });
}

/**
 * The toolchain that compiles a module, with its platform (`go1.26.8 linux amd64`); undefined when there is no Go.
 * @param folder of the module, since a module may choose its toolchain
 */
export async function goVersion(folder = '.'): Promise<string | undefined> {
  try {
    return (await runGo(['env', 'GOVERSION', 'GOOS', 'GOARCH'], folder)).replaceAll('\n', ' ');
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

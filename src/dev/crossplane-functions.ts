import type { CrossplanePrograms } from './crossplane-programs';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isListening } from './is-listening';

/** The composition functions that are run here. */
export const functionNames = ['function-patch-and-transform', 'function-auto-ready'] as const;

/** The address of each running function, `localhost:<port>`. */
export type FunctionTargets = Readonly<Record<(typeof functionNames)[number], string>>;

/**
 * Starts the composition functions on free ports.
 *
 * @param certificates folder with `ca.crt`, `tls.crt` and `tls.key`, as Crossplane itself wants them; without it they
 * talk in the clear, as `crossplane render` does
 */
export async function startCrossplaneFunctions(
  host: EngineHost,
  programs: CrossplanePrograms,
  certificates?: string,
): Promise<FunctionTargets> {
  const ports = await freePorts(functionNames.length);
  await Promise.all(
    functionNames.map((name, index) =>
      host.launch({
        name,
        binary: programs[name],
        args: [
          `--address=127.0.0.1:${ports[index]}`,
          certificates === undefined ? '--insecure' : `--tls-certs-dir=${certificates}`,
        ],
        ready: () => isListening(ports[index]),
        graceSeconds: 1,
      }),
    ),
  );
  return Object.fromEntries(functionNames.map((name, index) => [name, `localhost:${ports[index]}`])) as FunctionTargets;
}

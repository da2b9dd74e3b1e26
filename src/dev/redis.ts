import type { Program } from './binaries';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isListening } from './is-listening';

/** What keeps Argo CD's cache: a Redis in Go, in memory, which Argo CD's own tests use. */
export const redisProgram: Program = { name: 'redis', module: 'argo-cd', package: './redis' };

/** Starts a Redis; resolves to its address, `127.0.0.1:<port>`. */
export async function startRedis(host: EngineHost): Promise<string> {
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  await host.launch({
    name: 'redis',
    binary: await host.binary(redisProgram),
    args: [address],
    ready: () => isListening(port),
    graceSeconds: 1,
  });
  return address;
}

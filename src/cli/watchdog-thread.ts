import { parentPort } from 'node:worker_threads';

/** What the main thread tells: how many milliseconds it gives itself from here; none when it is done. */
export interface WatchdogOrder {
  readonly milliseconds?: number;
}

/** By this name the main thread keeps what ends it. */
export const endName = 'cdk8s-golden-path.end-of-app-file';

let timer: NodeJS.Timeout | undefined;

parentPort?.on('message', ({ milliseconds }: WatchdogOrder) => {
  clearTimeout(timer);
  if (milliseconds !== undefined) timer = setTimeout(interrupt, milliseconds);
});

/** Stops the main thread wherever it is, as a debugger does, and has it end itself with the place where it was. */
function interrupt(): void {
  // Loaded only when it is needed, because every command starts this thread.
  const { Session } = require('node:inspector') as typeof import('node:inspector');
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    const places = callFrames.map(({ location, functionName }) => {
      const url = urls.get(location.scriptId) ?? '';
      return { url, line: location.lineNumber + 1, functionName };
    });
    const expression = `globalThis[Symbol.for(${JSON.stringify(endName)})](${JSON.stringify(places)})`;
    session.post('Debugger.evaluateOnCallFrame', { callFrameId: callFrames[0].callFrameId, expression });
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
}

/** Is told of an error that nobody caught. */
type Hear = (error: unknown) => void;

const hearers: Hear[] = [];

function tell(error: unknown): void {
  hearers.at(-1)?.(error);
}

/**
 * Has errors told that nobody catches, such as of a timer or of a promise that nobody awaits, to whoever asked last.
 *
 * @returns what ends that
 */
export function hearUncaught(hear: Hear): () => void {
  if (hearers.length === 0) process.on('uncaughtException', tell);
  hearers.push(hear);
  return () => {
    hearers.splice(hearers.indexOf(hear), 1);
    if (hearers.length === 0) process.off('uncaughtException', tell);
  };
}

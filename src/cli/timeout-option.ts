import { InvalidArgumentError, Option } from 'commander';
import { toMilliseconds } from '../platform/duration';

/** How long an app file may take. */
export function timeoutOption(): Option {
  return new Option('--timeout <duration>', 'how long an app file may take (default: 2m)').argParser((text: string) => {
    const milliseconds = toMilliseconds(text);
    // Node counts timers in 31 bits.
    if (milliseconds === undefined || milliseconds < 1 || milliseconds >= 2 ** 31) {
      throw new InvalidArgumentError('write a time with its unit, like 30s or 5m, below 24 days.');
    }
    return milliseconds;
  });
}

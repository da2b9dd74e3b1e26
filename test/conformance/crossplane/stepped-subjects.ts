import { queueSteps } from './queue-api';
import type { SteppedRender } from './stepped-render';

/** The requests that are followed from nothing to ready; another API joins here. */
export const steppedSubjects: readonly SteppedRender[] = [queueSteps];

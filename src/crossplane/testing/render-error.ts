/** A field that a path leads to is not there. A patch that is not `Required` is skipped for it. */
export class NotFoundError extends Error {
  /** Most are caught by the patch that they stop, and a stack trace costs more than all the rest of that patch. */
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Adds where an error happened; one of a missing field stays one. */
export function within(where: string, error: unknown): Error {
  const message = `${where}: ${(error as Error).message}`;
  return error instanceof NotFoundError ? new NotFoundError(message) : new Error(message);
}

/** Runs something, and says where in the message of what it throws. */
export function at<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw within(where, error);
  }
}

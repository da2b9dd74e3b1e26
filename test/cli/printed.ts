/** What the commands of a test print, line by line. */
export interface Printed {
  out: string[];
  err: string[];
}

/** Keeps what each test of a file prints off the terminal, for the test to read. */
export function printedByTests(): Printed {
  const printed: Printed = { out: [], err: [] };
  beforeEach(() => {
    printed.out = [];
    printed.err = [];
    jest.spyOn(console, 'log').mockImplementation((text) => void printed.out.push(text));
    jest.spyOn(console, 'error').mockImplementation((text) => void printed.err.push(text));
  });
  afterEach(() => jest.restoreAllMocks());
  return printed;
}

/** The owned tree was refused or could not be written. Unless the message says otherwise, nothing was changed. */
export class TreeError extends Error {
  override readonly name = 'TreeError';

  /** Each thing that is wrong, with what to change. */
  readonly problems: readonly string[];

  constructor(root: string, problems: readonly string[]) {
    super(
      problems.length === 1 ? `${root}: ${problems[0]}` : `${root}:\n${problems.map((each) => `- ${each}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** What the operating system said, as what to change; an error of another kind is passed through. */
export function asTreeError(root: string, error: unknown, consequence: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const where = path === undefined ? ` (${code})` : ` (${code} at ${path})`;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new TreeError(root, [`the disk is full${where}; free some space and render again; ${consequence}`]);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new TreeError(root, [
        `the folder is not writable${where}; give write access to it and everything in it; ${consequence}`,
      ]);
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ELOOP':
      return new TreeError(root, [`a file or link is where a folder should be${where}; move it away; ${consequence}`]);
    case 'ENAMETOOLONG':
      return new TreeError(root, [`a name is too long for the disk${where}; give a shorter one; ${consequence}`]);
    default:
      return error;
  }
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { findFile } from '../platform/find-file';
import { GoldenError } from '../platform/golden-error';
import { imageLockFile, readImageLock } from '../platform/image-lock';
import { readTopology } from '../platform/topology';
import { type Finding, fix, look, ok } from './finding';

/** The files that apps of a folder are rendered with. */
export function fileFindings(folder: string): Finding[] {
  const images = findFile(imageLockFile, folder);
  const platform = findFile('platform.lock.yaml', folder);
  const packages = findFile('package-lock.json', folder);
  return [
    fs.existsSync(path.join(folder, 'app.ts'))
      ? ok('app.ts is here')
      : look('there is no app.ts here; give the path of your app to each command'),
    ...(images === undefined
      ? [
          look(
            `there is no ${imageLockFile} here or above; env.image(…) needs one: golden images set makes it with --file`,
          ),
        ]
      : read(
          images,
          () => `${imageLockFile} pins images for ${Object.keys(readImageLock(images)).join(', ') || 'nothing'}`,
        )),
    ...(platform === undefined
      ? []
      : read(
          platform,
          () => `platform.lock.yaml names ${Object.keys(readTopology(platform).environments).join(', ')}`,
        )),
    packages === undefined
      ? look('there is no package-lock.json here or above; promotions install from it: run npm install, and commit it')
      : ok('package-lock.json is there'),
  ];
}

function read(file: string, work: () => string): Finding[] {
  try {
    return [ok(work())];
  } catch (error) {
    if (!(error instanceof GoldenError)) throw error;
    return error.problems.map(({ message }) => fix(`${path.basename(file)}: ${message}`));
  }
}

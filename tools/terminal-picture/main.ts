import { readFileSync } from 'node:fs';
import { terminalPicture } from './svg';

// What a terminal showed, with its colours, becomes a picture: jiti tools/terminal-picture/main.ts TITLE <recording >picture.svg
process.stdout.write(terminalPicture(readFileSync(0, 'utf8'), process.argv[2] ?? 'golden'));

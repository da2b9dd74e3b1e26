import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { apiReport } from './report';

const root = resolve(__dirname, '../..');

writeFileSync(join(root, 'docs/api.md'), apiReport(root));

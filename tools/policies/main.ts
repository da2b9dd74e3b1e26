import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { policyReport } from './report';

writeFileSync(join(resolve(__dirname, '../..'), 'docs/policies.md'), policyReport());

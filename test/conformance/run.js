// The runner is TypeScript; this makes it start with plain Node.
require('jiti')(__filename)('./main.ts');

// The benchmarks are TypeScript; this makes them start with plain Node. What they measure is the compiled lib/.
require('jiti')(__filename)('./main.ts');

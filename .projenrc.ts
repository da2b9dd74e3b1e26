import { javascript, TaskShell, typescript } from 'projen';

/** The oldest peers the library supports: installed as they are, so that the floor is what is tested. */
const peers = { cdk8s: '2.70.0', 'cdk8s-plus-29': '2.6.0', constructs: '10.5.0' };

const project = new typescript.TypeScriptProject({
  name: 'cdk8s-golden-path',
  description:
    'Typed golden paths for Kubernetes: a few lines of TypeScript become everything a service needs, as YAML that Argo CD syncs.',
  keywords: ['cdk8s', 'kubernetes', 'gitops', 'argocd', 'crossplane', 'kyverno', 'platform-engineering'],
  authorName: 'The cdk8s-golden-path authors',
  authorOrganization: true,
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-golden-path authors',
  defaultReleaseBranch: 'main',
  minNodeVersion: '20.19.0',
  workflowNodeVersion: '24',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  entrypoint: 'lib/src/index.js',
  entrypointTypes: 'lib/src/index.d.ts',
  bin: { golden: 'bin/golden' },

  peerDeps: Object.entries(peers).map(([name, version]) => `${name}@^${version}`),
  peerDependencyOptions: { pinnedDevDependency: true },
  deps: ['@marcbachmann/cel-js@8.0.0', 'commander@^14', 'croner@^10', 'jiti@^2', 'yaml@^2.8'],
  devDeps: [
    '@swc/core@^1',
    '@swc/jest@^0.2',
    '@types/node@^20',
    'ajv@^8',
    'cdk8s-cli@^2',
    'fast-check@^4',
    'jest@^30',
    '@types/jest@^30',
    'js-yaml@^4',
    '@types/js-yaml@^4',
    'json-schema-to-typescript@^15',
    'typescript@^6.0.3',
  ],

  srcdir: 'src',
  libdir: 'lib',
  tsconfig: {
    compilerOptions: {
      rootDir: '.',
      outDir: 'lib',
      target: 'ES2022',
      lib: ['es2023'],
      module: 'node20',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      types: ['node'],
      skipLibCheck: true,
      noUncheckedIndexedAccess: false,
      noPropertyAccessFromIndexSignature: false,
      exactOptionalPropertyTypes: false,
      inlineSourceMap: false,
      inlineSources: false,
      declaration: true,
    },
    include: ['src/**/*.ts', 'imports/**/*.ts', 'xrds/**/*.ts', 'compositions/**/*.ts'],
    exclude: ['node_modules', 'lib'],
  },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: {
      rootDir: '.',
      target: 'ES2022',
      lib: ['es2023'],
      module: 'node20',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      types: ['node', 'jest'],
      skipLibCheck: true,
    },
    include: [
      'src/**/*.ts',
      'imports/**/*.ts',
      'xrds/**/*.ts',
      'compositions/**/*.ts',
      'examples/**/*.ts',
      'test/**/*.ts',
      'tools/**/*.ts',
      'bench/**/*.ts',
    ],
  },

  jest: false,
  eslint: false,
  biome: true,
  biomeOptions: {
    biomeConfig: {
      formatter: { enabled: true, indentStyle: 'space' as never, indentWidth: 2, lineWidth: 120 },
      javascript: { formatter: { quoteStyle: 'single' as never } },
      assist: { enabled: true },
      files: {
        includes: [
          'src/**',
          'test/**',
          'xrds/**',
          'compositions/**',
          'examples/**',
          'tools/**',
          'bench/**',
          // The others of imports/ are generated.
          'imports/typed-object.ts',
          'imports/patch.ts',
          'imports/plain-value.ts',
          '.projenrc.ts',
        ],
      },
    },
  },
  npmignoreEnabled: false,
  sampleCode: false,
  docgen: false,

  github: true,
  buildWorkflow: true,
  buildWorkflowOptions: { mutableBuild: false },
  release: true,
  releaseToNpm: true,
  npmAccess: javascript.NpmAccess.PUBLIC,
  npmTrustedPublishing: true,
  npmProvenance: true,
  depsUpgrade: false,
  pullRequestTemplate: false,
  githubOptions: { mergify: false },

  gitignore: ['/dist/', '/.cache/', '*.tgz'],
});

const pkg = project.package;
// What is published, and nothing else: compiled code, its types, and the schemas that synth validates against.
pkg.addField('files', ['bin', 'lib', 'imports/**/*.json', 'CHANGELOG.md']);
pkg.addField('sideEffects', false);
pkg.addField('exports', {
  '.': { types: './lib/src/index.d.ts', default: './lib/src/index.js' },
  './crossplane': { types: './lib/src/crossplane/index.d.ts', default: './lib/src/crossplane/index.js' },
  './crossplane/testing': {
    types: './lib/src/crossplane/testing/index.d.ts',
    default: './lib/src/crossplane/testing/index.js',
  },
  './policy': { types: './lib/src/policy/index.d.ts', default: './lib/src/policy/index.js' },
  './team': { types: './lib/src/team/index.d.ts', default: './lib/src/team/index.js' },
  './delivery': { types: './lib/src/delivery/index.d.ts', default: './lib/src/delivery/index.js' },
  './testing': { types: './lib/src/testing/index.d.ts', default: './lib/src/testing/index.js' },
  './compositions/*': { types: './lib/compositions/*.d.ts', default: './lib/compositions/*.js' },
  './xrds/*': { types: './lib/xrds/*.d.ts', default: './lib/xrds/*.js' },
  './imports/*': { types: './lib/imports/*.d.ts', default: './lib/imports/*.js' },
  './package.json': './package.json',
});

pkg.addField('jest', {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Many tests start processes, which a busy machine takes its time for; no test says how long anything may take.
  testTimeout: 120_000,
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/conformance/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
    // Node requires ES modules, jest does not.
    'node_modules/@marcbachmann/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/)'],
  moduleNameMapper: {
    '^cdk8s-golden-path$': '<rootDir>/src/index.ts',
    '^cdk8s-golden-path/crossplane$': '<rootDir>/src/crossplane/index.ts',
    '^cdk8s-golden-path/crossplane/testing$': '<rootDir>/src/crossplane/testing/index.ts',
    '^cdk8s-golden-path/policy$': '<rootDir>/src/policy/index.ts',
    '^cdk8s-golden-path/team$': '<rootDir>/src/team/index.ts',
    '^cdk8s-golden-path/delivery$': '<rootDir>/src/delivery/index.ts',
    '^cdk8s-golden-path/testing$': '<rootDir>/src/testing/index.ts',
    '^cdk8s-golden-path/(imports|xrds|compositions)/(.*)$': '<rootDir>/$1/$2.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/.cache/'],
});

// The built-in shell takes a command that a signal ended for one that went well (projen 0.103).
project.tasks.shell = TaskShell.system();

// The compiler's own step; `lib/` is what is published and what `golden` and the examples run.
project.compileTask.reset('tsc --build tsconfig.json');

project.testTask.reset();
project.testTask.spawn(project.compileTask);
project.testTask.exec('tsc --noEmit -p tsconfig.dev.json');
project.testTask.exec('jest --ci', { receiveArgs: true });

project.addTask('demo', {
  description: 'Renders examples/ for every environment to dist/ and prints what was made.',
  steps: [
    { spawn: 'compile' },
    { exec: 'node bin/golden render examples/platform/app.ts examples/orders/app.ts examples/payments/app.ts' },
    { say: 'What pull request 42 of the orders team renders beside it:' },
    { exec: 'node bin/golden render examples/orders/app.ts --preview pr-42 --ttl 72h' },
    { say: 'The tree as a whole, across apps:' },
    { exec: 'node bin/golden check dist' },
  ],
});
project.addTask('lint', { description: 'Style and correctness rules, without changing a file.', exec: 'biome ci .' });
project.addTask('imports', {
  description: 'Generates imports/ from the CRDs and Kubernetes schemas in the folder GOLDEN_CRDS (or --from DIR).',
  exec: 'jiti tools/imports/main.ts',
  receiveArgs: true,
});
project.addTask('api', {
  description: 'Writes docs/api.md, the names and types that the package exports.',
  exec: 'jiti tools/api/main.ts',
});
project.addTask('policies', {
  description: 'Writes docs/policies.md, what each rule is for, and what the standards ask that rules cover.',
  exec: 'jiti tools/policies/main.ts',
});
project.addTask('conformance', {
  description: 'Applies everything that examples/ and the kitchen sink render to a real control plane on loopback.',
  steps: [{ spawn: 'compile' }, { exec: 'node test/conformance/run.js', receiveArgs: true }],
});
project.addTask('conformance:full', {
  description: 'As conformance, with Flux, and every random object that rules are held against.',
  steps: [{ spawn: 'compile' }, { exec: 'node test/conformance/run.js --full', receiveArgs: true }],
});
project.addTask('bench', {
  description: 'Prints the speed and memory ratios that the project holds itself to.',
  steps: [{ spawn: 'compile' }, { exec: 'node --expose-gc bench/run.js', receiveArgs: true }],
});

project.synth();

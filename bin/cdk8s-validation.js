// The validation plugin of `cdk8s synth`, which loads it by its path:
//
//   validations:
//     - package: ./node_modules/cdk8s-golden-path/bin/cdk8s-validation
//       version: 0.0.0
//       class: GoldenValidation
//       properties: { platform: platform.ts, environment: production }
module.exports = require('../lib/src/cli/cdk8s-validation');

import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TreeRender } from '../../src/gitops/tree-render';
import { compileGitops } from './compiled';

/** What a process that publishes is told. */
export interface PublisherOrders {
  readonly repository: string;
  readonly render: TreeRender;
  readonly message: string;
}

const program = `
const { publish } = require('./publish.js');
const { repository, render, message } = JSON.parse(process.argv[2]);
publish({ renders: [render], message }, { repository, branch: 'main' }, { attempts: 1000 }).then(
  (published) => console.log(JSON.stringify(published)),
  (error) => {
    console.log(error.message);
    process.exitCode = 1;
  },
);
`;

/** Compiles the code under test to a folder, so that a process starts in the time that Node needs. */
export function buildPublisher(folder: string): string {
  const publisher = path.join(compileGitops(folder), 'publisher.js');
  fs.writeFileSync(publisher, program);
  return publisher;
}

/** Whoever runs the test, the publisher commits, by no configuration but git's own. */
const identity = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@acme.io',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@acme.io',
};

/** Starts a publish, with a temporary folder of its own choice. */
export function startPublisher(publisher: string, orders: PublisherOrders, temporary: string): ChildProcess {
  return spawn(process.execPath, [publisher, JSON.stringify(orders)], {
    env: { ...process.env, ...identity, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

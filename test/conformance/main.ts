import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Binaries, binarySources, MissingProgramsError } from '../../src/dev/binaries';
import { controlPlanePrograms, workloadPrograms } from '../../src/dev/control-plane';
import { kyvernoProgram } from '../../src/dev/kyverno';
import { kyvernoCliProgram } from '../../src/dev/kyverno-cli';
import { Watchdog } from '../../src/dev/watchdog';
import { messageQueue, messageQueueAccess } from '../../xrds/message-queue';
import { objectBucket, objectBucketAccess } from '../../xrds/object-bucket';
import { postgresInstance } from '../../xrds/postgres-instance';
import { everyFeature } from '../crossplane/api/every-feature';
import { cyclonusProgram } from '../network/reachability/cyclonus';
import { conformanceApps } from './apps';
import { checkApis } from './check-apis';
import { checkBounds } from './check-bounds';
import { checkClaims } from './check-claims';
import { type ClusterSetup, checkCluster } from './check-cluster';
import { checkDelivery, deliveryCheck } from './check-delivery';
import { checkFlux, fluxCheck } from './check-flux';
import { kubectlProgram } from './check-kubectl-diff';
import { checkLiveDiff, liveDiffCheck } from './check-live-diff';
import { checkMadeCrds } from './check-made-crds';
import { checkNotifications, notificationsCheck } from './check-notifications';
import { allPolicyObjects, checkPolicies } from './check-policies';
import { checkPublish } from './check-publish';
import { checkReachability } from './check-reachability';
import { checkRollOut, rolloutCheck } from './check-roll-out';
import { checkTeams } from './check-team';
import { crdsOfGroups, readCrds } from './crds';
import { aws } from './crossplane/aws';
import { awsClassic } from './crossplane/aws-classic';
import { admissionCheck, checkAdmission } from './crossplane/check-admission';
import { checkCompositions } from './crossplane/check-compositions';
import { checkCore, coreChecks } from './crossplane/check-core';
import { checkCrossplane } from './crossplane/check-crossplane';
import { checkTakeOver } from './crossplane/check-take-over';
import { checkUses } from './crossplane/check-uses';
import { gcp } from './crossplane/gcp';
import { onprem } from './crossplane/onprem';
import { checkRandomProps } from './random-props';
import { render } from './render';
import { Report } from './report';
import { selfTest } from './self-test';
import { readTree } from './tree';
import { gatorProgram } from './verdicts-of-gator';

const usage = `usage: npm run conformance -- [options]
  --app NAME       only this app: ${conformanceApps.map(({ name }) => `'${name}'`).join(', ')} (may be repeated)
  --tree FOLDER    a rendered tree instead of the apps (may be repeated)
  --random         random props and policies too, although apps or trees are named
  --crossplane     Crossplane too, although apps or trees are named
  --delivery       Argo CD too, although apps or trees are named
  --flux           Flux too, which takes more minutes to build than a usual run has
  --full           Flux and every random object too, also where that takes as many minutes
  --skip-missing   exit 0, naming what was not run, when engines are neither ready nor can be built
  --keep           leave logs, data and rendered trees in the temporary folder
environment:
  GOLDEN_ENGINES         folder with ready binaries; what it lacks is built with Go
  GOLDEN_ENGINES_CACHE   folder that keeps what was built; .cache/engines when not set`;

/** The APIs whose requests and definitions real servers judge. */
const apis = [everyFeature, postgresInstance, messageQueue, objectBucket, messageQueueAccess, objectBucketAccess];

const root = resolve(__dirname, '../..');

/** A tree to apply, and what it is called in the report. */
interface Subject {
  readonly name: string;
  /** Where its tree is, or will be once rendered. */
  readonly folder: string;
  readonly render: () => Promise<void>;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      app: { type: 'string', multiple: true },
      tree: { type: 'string', multiple: true },
      'skip-missing': { type: 'boolean', default: false },
      random: { type: 'boolean', default: false },
      crossplane: { type: 'boolean', default: false },
      delivery: { type: 'boolean', default: false },
      flux: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const report = new Report();
  const sources = binarySources(root);
  const binaries = new Binaries({ ...sources, log: (line) => report.note(line) });
  const programs = [
    ...controlPlanePrograms,
    ...workloadPrograms,
    kubectlProgram,
    cyclonusProgram,
    gatorProgram,
    kyvernoCliProgram,
    kyvernoProgram,
  ];
  const rendered = mkdtempSync(join(tmpdir(), 'golden-rendered-'));
  const watchdog = new Watchdog(values.keep ? '' : rendered);
  const all = subjects(rendered, values.app, values.tree);
  const crdFolder = join(root, 'imports/crds');
  const crds = existsSync(crdFolder) ? readCrds(crdFolder) : [];
  const setup = { binaries, crds, keep: values.keep };
  const crossplane = values.crossplane || chosenAll(values);
  const delivery = values.delivery || chosenAll(values);
  const flux = values.flux || (values.full && delivery);
  try {
    if (chosenAll(values)) await checkPublish(report);
    if (crossplane) await checkCrossplane(report, { ...setup, ready: sources.ready });
    await binaries.require(programs);
    for (const program of programs) {
      await binaries.find(program);
    }
    if (crossplane) {
      await checkCompositions(report, { ...setup, ready: sources.ready }, [aws, awsClassic, gcp, onprem]);
      await checkUses(report, setup);
      await checkTakeOver(report, setup);
      await checkApis(report, { ...setup, crds: crdsOfGroups(['apiextensions.crossplane.io'], crds) }, apis);
      await checkMadeCrds(report, { ...setup, ready: sources.ready }, apis);
      await checkClaims(report, { ...setup, ready: sources.ready }, apis);
      await checkAdmission(report, setup);
      await checkCore(report, { ...setup, ready: sources.ready });
    }
    if (delivery) await checkDelivery(report, setup);
    if (delivery) await checkNotifications(report, setup);
    if (delivery) await checkRollOut(report, setup);
    if (flux) await checkFlux(report, setup);
    else if (delivery) report.skip(fluxCheck, '--flux or --full asks for it');
    await run(report, setup, all, { random: values.random || chosenAll(values), full: values.full });
  } catch (error) {
    if (!(error instanceof MissingProgramsError && values['skip-missing'])) {
      throw error;
    }
    const others = [
      'self-test',
      'random props',
      'reachability',
      liveDiffCheck,
      ...(crossplane ? [admissionCheck, ...Object.values(coreChecks)] : []),
      ...(delivery ? [deliveryCheck, notificationsCheck, rolloutCheck] : []),
      ...(flux ? [fluxCheck] : []),
    ];
    for (const name of [...others, ...all.map(({ name }) => name)]) {
      report.skip(name, error.message);
    }
  } finally {
    if (!values.keep) {
      rmSync(rendered, { recursive: true, force: true });
    }
    await watchdog.done();
  }
  return report.end(values['skip-missing']);
}

/** Whether nothing was named, so that everything runs. */
function chosenAll({ app, tree }: { app?: readonly string[]; tree?: readonly string[] }): boolean {
  return app === undefined && tree === undefined;
}

function subjects(rendered: string, apps: readonly string[] | undefined, trees: readonly string[] = []): Subject[] {
  const unknown = (apps ?? []).filter((name) => conformanceApps.every((app) => app.name !== name));
  if (unknown.length > 0) {
    throw new Error(
      `unknown app ${unknown.join(', ')}; known are ${conformanceApps.map(({ name }) => name).join(', ')}`,
    );
  }
  const given = trees.map((tree) => ({ name: tree, folder: resolve(tree), render: async () => {} }));
  const chosen = apps ?? (trees.length > 0 ? [] : conformanceApps.map(({ name }) => name));
  const apped = conformanceApps
    .filter(({ name }) => chosen.includes(name))
    .map(({ name, args }) => {
      const folder = join(rendered, name.replaceAll(' ', '-'));
      return { name, folder, render: () => render(root, args, folder) };
    });
  return [...given, ...apped];
}

async function run(
  report: Report,
  setup: ClusterSetup,
  all: readonly Subject[],
  { random, full }: { readonly random: boolean; readonly full: boolean },
): Promise<void> {
  const { binaries, crds } = setup;
  report.note(`${crds.length} CRDs from imports/crds`);
  await selfTest(report, { ...setup, crds: [] });
  if (random) await checkRandomProps(report, setup);
  if (random) await checkPolicies(report, setup, full ? allPolicyObjects : undefined);
  if (random) await checkReachability(report, binaries);
  if (random) await checkTeams(report, setup);
  if (random) await checkBounds(report, setup);
  if (random) {
    await checkLiveDiff(report, setup).catch((error: Error) =>
      report.check(`${liveDiffCheck}: the control plane works`, () => Promise.reject(error)),
    );
  }
  for (const subject of all) {
    mkdirSync(subject.folder, { recursive: true });
    let clusters: ReturnType<typeof readTree> = [];
    const readable = await report.check(`${subject.name}: renders`, async () => {
      await subject.render();
      clusters = readTree(subject.folder);
      const files = clusters.reduce((sum, { manifests }) => sum + manifests.length, 0);
      return { counted: `${clusters.length} clusters, ${files} objects`, problems: [] };
    });
    if (!readable) {
      report.skip(`${subject.name}: checks on a cluster`, 'it does not render');
    }
    for (const cluster of clusters) {
      await checkCluster(report, subject.name, cluster, setup).catch((error: Error) =>
        report.check(`${subject.name} ${cluster.name}: the control plane works`, () => Promise.reject(error)),
      );
    }
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  },
);

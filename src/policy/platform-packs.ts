import { GoldenError } from '../platform/golden-error';
import type { JudgedPlatform } from '../platform/object-judge';
import { isRecord, show, suggestion } from '../platform/rule';
import type { Parameters } from './parameter';
import type { AnyPolicy } from './policy';
import type { PolicyPack } from './policy-pack';

/** Values of parameters by name; every rule that has a parameter of the name gets it. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/** Packs whose rules have their parameters. */
export interface ConfiguredPacks {
  readonly packs: readonly PolicyPack[];
  /** Rules that were left out because nobody says what they need: id and the parameters. */
  readonly leftOut: readonly { readonly policy: string; readonly parameters: readonly string[] }[];
}

/**
 * Packs with what the platform knows: its registries, domain, owners, cost centres and regions.
 *
 * @param values further parameters; they win over what the platform knows
 * @throws GoldenError for a parameter that no rule has, or a value out of range
 */
export function configurePacks(
  packs: readonly PolicyPack[],
  platform: JudgedPlatform,
  values: ParameterValues = {},
): ConfiguredPacks {
  const known = new Set(
    packs.flatMap(({ policies }) => policies.flatMap((policy) => Object.keys(parametersOf(policy)))),
  );
  const unknown = Object.keys(values).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new GoldenError(
      unknown.map((name) => ({
        path: 'policies',
        message: `no rule has the parameter ${show(name)}${suggestion(name, [...known])}`,
      })),
    );
  }
  const all = { ...platformValues(platform), ...values };
  const leftOut: { policy: string; parameters: string[] }[] = [];
  const configured = packs.map((pack) => ({
    ...pack,
    policies: pack.policies.flatMap((policy) => {
      const names = Object.keys(parametersOf(policy));
      const given = policy.with(
        Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]])),
      );
      const unset = names.filter((name) => given.values[name] === undefined);
      if (unset.length === 0) return [given];
      if (!leftOut.some((each) => each.policy === policy.id)) leftOut.push({ policy: policy.id, parameters: unset });
      return [];
    }),
  }));
  return { packs: configured, leftOut };
}

const parametersOf = (policy: AnyPolicy): Parameters => policy.parameters ?? {};

/** What a platform knows, by the parameters that rules have for it. */
function platformValues({ registries, domain, labelPrefix, topology }: JudgedPlatform): ParameterValues {
  const owners = topology.owners ?? {};
  const costCentres = Object.values(owners).flatMap(({ costCenter }) => costCenter ?? []);
  const regions = Object.values(topology.clusters ?? {}).flatMap(({ cloud = {} }) =>
    Object.values(cloud).flatMap((facts) =>
      isRecord(facts) && typeof facts.region === 'string' ? [facts.region] : [],
    ),
  );
  const lists = { registries, owners: Object.keys(owners), costCentres, regions };
  const given = Object.entries(lists).flatMap(([name, list]) => {
    const unique = [...new Set(list)].sort();
    return unique.length > 0 ? [[name, unique]] : [];
  });
  return {
    ...Object.fromEntries(given),
    domains: [domain],
    ownerLabel: `${labelPrefix}/owner`,
    ownerLabelKeys: [`${labelPrefix}/owner`, `${labelPrefix}/system`],
    protectedKeys: [`${labelPrefix}/owner`, `${labelPrefix}/system`],
    costLabel: `${labelPrefix}/cost-center`,
  };
}

import { type CatalogEntry, catalogProblems } from './catalog';
import { isRecord, show, suggestion } from './rule';

/** What a service is in one place, where that is not what it is elsewhere. */
export type RenderedPlace = Partial<CatalogEntry>;

/** What the GitOps tree renders of a service. */
export interface RenderedService extends CatalogEntry {
  /**
   * Where it is rendered: an environment for all of its clusters, or `environment/cluster`.
   * @default - in every environment and cluster
   */
  readonly places?: Readonly<Record<string, RenderedPlace>>;
}

/** The services that a platform knows, as its topology holds them. */
interface KnownServices {
  readonly services?: Readonly<Record<string, CatalogEntry>>;
  readonly rendered?: Readonly<Record<string, RenderedService>>;
}

/** A service as it is known in one place. */
export interface KnownService {
  readonly entry: CatalogEntry;
  /**
   * Why nothing answers there.
   * @default - it runs there
   */
  readonly missing?: string;
}

/** What the tree renders of a service in a place, or undefined where it renders nothing of it. */
export function renderedAt(
  { places, ...entry }: RenderedService,
  environment: string,
  cluster: string,
): CatalogEntry | undefined {
  if (places === undefined) return entry;
  const key = [`${environment}/${cluster}`, environment].find((each) => Object.hasOwn(places, each));
  return key === undefined ? undefined : { ...entry, ...places[key] };
}

/**
 * A service in a place: as the tree renders it there, else as the platform team wrote it, else as it is elsewhere. Undefined for
 * one that nobody knows.
 */
export function knownService(
  { services = {}, rendered = {} }: KnownServices,
  id: string,
  environment: string,
  cluster: string,
): KnownService | undefined {
  const own = Object.hasOwn(rendered, id) ? rendered[id] : undefined;
  const here = own && renderedAt(own, environment, cluster);
  if (here) return { entry: here };
  if (Object.hasOwn(services, id)) return { entry: services[id] };
  if (!own) return undefined;
  const places = Object.keys(own.places ?? {});
  const isElsewhere = places.some((place) => place.startsWith(`${environment}/`));
  const missing = `${id} is rendered in ${places.join(', ')}, and not in ${isElsewhere ? `${environment}/${cluster}` : environment}`;
  return { entry: own, missing };
}

/** The sentence about a service that nobody knows: what was probably meant, and what there is, that of its team first. */
export function unknownService({ services = {}, rendered = {} }: KnownServices, id: unknown): string {
  const known = [...new Set([...Object.keys(services), ...Object.keys(rendered)])];
  const [team] = String(id).split('/');
  const isNear = (each: string) => each.startsWith(`${team}/`);
  const shown = [...known.filter(isNear), ...known.filter((each) => !isNear(each))].slice(0, 10);
  const more = known.length > shown.length ? `, and ${known.length - shown.length} more` : '';
  const choice = known.length > 0 ? `the catalog has ${shown.join(', ')}${more}` : 'the catalog is empty';
  return `service ${show(id)} is unknown${suggestion(String(id), known)}; ${choice}`;
}

/** Everything that is wrong with what is said of the tree. */
export function renderedProblems(
  rendered: unknown,
  owners: readonly string[] | undefined,
  environments: readonly string[],
): string[] {
  const problems = catalogProblems(rendered, owners, 'rendered');
  if (!isRecord(rendered) || problems.length > 0) return problems;
  return Object.entries(rendered as Record<string, RenderedService>).flatMap(([id, { places, ...entry }]) => {
    if (places === undefined) return [];
    const what = `topology.rendered[${show(id)}].places`;
    if (!isRecord(places)) return [`${what} ${show(places)} is no mapping; write environments, like { staging: {} }`];
    return Object.entries(places).flatMap(([place, differs]) => {
      const [environment] = place.split('/');
      if (!environments.includes(environment)) {
        return [`${what} names ${show(place)}, which is in no environment${suggestion(environment, environments)}`];
      }
      if (!isRecord(differs)) return [`${what}[${show(place)}] ${show(differs)} is no mapping; write {}`];
      const there = Object.keys(differs).length === 0 ? {} : { [id]: { ...entry, ...differs } };
      return catalogProblems(there, owners, 'rendered').map((problem) => `${problem}, in ${place}`);
    });
  });
}

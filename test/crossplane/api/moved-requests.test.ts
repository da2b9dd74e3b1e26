import * as fc from 'fast-check';
import { movedRequests, type OwnedRequest } from '../../../src/crossplane/api/moved-requests';
import { movedFromAnnotations } from '../../../src/crossplane/resource/moved-from';

const names = fc.constantFrom('a', 'b', 'c');
const place = fc.record({ name: names, namespace: fc.constantFrom('x', 'y'), cluster: fc.constantFrom('eu', 'us') });
const moved = fc.option(
  fc.oneof(fc.constant('nothing' as const), fc.record({ name: names }), fc.record({ namespace: names })),
  {
    nil: undefined,
  },
);

function request({ name, namespace, cluster, movedFrom }: Drawn): OwnedRequest {
  const annotations = movedFromAnnotations(movedFrom);
  const object = { apiVersion: 'acme.io/v1', kind: 'Database', metadata: { name, namespace, annotations } };
  return { path: `${cluster}/${namespace}/${name}`, object, cluster, owner: 'shop/shop', app: 'shop' };
}
type Drawn = {
  name: string;
  namespace: string;
  cluster: string;
  movedFrom?: Parameters<typeof movedFromAnnotations>[0];
};

const distinct = { selector: (r: OwnedRequest) => r.path, maxLength: 5 };
const renders = (options: fc.Arbitrary<Drawn>) => fc.uniqueArray(options.map(request), distinct);
const owners = new Set(['shop/shop']);

test('for all renders: what was there is still there, taken over once, named as gone, or the render is refused', () => {
  fc.assert(
    fc.property(
      renders(place),
      renders(fc.tuple(place, moved).map(([at, movedFrom]) => ({ ...at, movedFrom }))),
      (before, after) => {
        const found = movedRequests(before, after, owners);
        for (const { path } of before) {
          const kept = after.filter((each) => each.path === path).length;
          const taken = found.moved.filter(([was]) => was.path === path).length;
          const gone = found.gone.filter((each) => each.path === path).length;
          expect(kept + taken + gone).toBeGreaterThanOrEqual(1);
          if (kept + taken + gone > 1) expect(found.problems).not.toEqual([]);
        }
      },
    ),
  );
});

test('for all renders: a new request beside one that is gone says what it is, or is refused', () => {
  fc.assert(
    fc.property(renders(place), renders(place), (before, after) => {
      const known = before.map(({ path }) => path);
      const fresh = after.filter(({ path }) => !known.includes(path));
      const isGone = before.some(({ path }) => !after.some((each) => each.path === path));
      const refused = movedRequests(before, after, owners).problems.map(({ path }) => path);
      expect(refused).toEqual(isGone ? fresh.map(({ path }) => path) : []);
      const declared = after.map((each) => ({
        ...each,
        object: { ...each.object, metadata: { ...each.object.metadata, annotations: movedFromAnnotations('nothing') } },
      }));
      expect(movedRequests(before, declared, owners).problems).toEqual([]);
    }),
  );
});

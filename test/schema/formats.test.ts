import { formats } from '../../src/schema/formats';

const accepts = (format: string, value: unknown) => (formats[format].accepts as (value: unknown) => boolean)(value);

test.each<[format: string, good: unknown[], bad: unknown[]]>([
  ['int32', [0, 2 ** 31 - 1, -(2 ** 31)], [2 ** 31, -(2 ** 31) - 1]],
  ['int64', [2 ** 53, -(2 ** 63)], [2 ** 63]],
  [
    'date-time',
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.5+02:00', '2024-02-29T00:00:00Z'],
    [
      '2026-01-31 08:00:00Z',
      '2026-01-31T08:00:00',
      '2026-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-31T24:00:00Z',
    ],
  ],
  ['date', ['2026-01-31'], ['2026-02-31', '2026-1-1', '2026-01-31T00:00:00Z']],
  ['byte', ['', 'YQ==', 'YWI=', 'YWJj', 'YW\nJj'], ['YQ', 'YQ=', 'YW!j', 'YWJj=']],
  ['duration', ['30s', '1h30m', '1.5h', '0'], ['30', '1d', '']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
  ['ipv4', ['10.0.0.1', '255.255.255.255'], ['10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.1.']],
  ['ipv6', ['::1', 'fd00::1', '::ffff:10.0.0.1'], ['10.0.0.1', ':::1', 'fd00::g', 'fe80::1%eth0']],
  ['cidr', ['10.0.0.0/8', 'fd00::/64', '0.0.0.0/0'], ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', 'fd00::/129']],
  [
    'quantity',
    [1, 0.5, '1', '1.5', '.5', '5.', '100m', '1Ki', '1e3', '1E3', '1E', '-1', '+1k'],
    ['', '1GB', '1 Gi', 'Mi', '1mi', '1e', 'one', '1_000', true, {}, Number.NaN],
  ],
  ['percentage', ['0%', '100%'], ['50', '-1%', '1.5%', '%']],
  ['dns-label', ['a', '0', 'a-b', 'a'.repeat(63)], ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64)]],
  ['dns-subdomain', ['a.b-c.d', 'a'.repeat(253)], ['', 'a..b', '.a', 'a.', 'a.-b', 'A.b', 'a'.repeat(254)]],
  ['port-name', ['http', 'a1-b', 'a'.repeat(15)], ['80', 'a--b', '-a', 'Http', '', 'a'.repeat(16)]],
  [
    'qualified-name',
    ['app', 'app.kubernetes.io/name', 'A_b.c', 'a'.repeat(63)],
    ['', '/a', 'a/', 'a/b/c', 'A.b/c', '-a', 'a'.repeat(64), `${'a'.repeat(254)}/a`],
  ],
  ['annotation-key', ['Example.dev/Key'], ['a/b/c', 'Example dev/x']],
  ['label-value', ['', 'a', 'A_b.c-d', 'a'.repeat(63)], ['-a', 'a b', 'a/b', 'a'.repeat(64)]],
  ['config-key', ['app.yaml', '.env', 'A_b-c'], ['', '.', '..', '..a', 'a/b', 'a'.repeat(254)]],
  ['env-name', ['A', '_a', 'a.b-c'], ['', '1A', 'a b', 'a=b', '..']],
  ['relaxed-env-name', ['1 A:b'], ['', 'a=b', 'é', 'a\tb']],
])('%s', (format, good, bad) => {
  for (const value of good) expect([value, accepts(format, value)]).toEqual([value, true]);
  for (const value of bad) expect([value, accepts(format, value)]).toEqual([value, false]);
});

/**
 * Expressions whose results are known: each is true. They are also asked of a real API server, so that an expression means the same
 * there and in process.
 */
export const probes: readonly string[] = [
  // quantities
  "quantity('1Gi') == quantity('1024Mi')",
  "quantity('0.1Ki').asApproximateFloat() == 102.4",
  "quantity('1500m').compareTo(quantity('1.5')) == 0",
  "quantity('2').isGreaterThan(quantity('1900m')) && quantity('1E').isLessThan(quantity('1Ei'))",
  "sign(quantity('-1')) == -1 && sign(quantity('0')) == 0",
  "quantity('1e3').asInteger() == 1000 && quantity('100M').isInteger() && !quantity('1m').isInteger()",
  "quantity('50k').add(quantity('20k')) == quantity('70k') && quantity('50k').sub(20000) == quantity('30k')",
  "isQuantity('1.3Mi') && !isQuantity('200K') && !isQuantity('1,3') && !isQuantity('') && isQuantity('.5') && isQuantity('5.')",
  "!isQuantity('1Zi') && isQuantity('+1') && !isQuantity('1 Gi')",
  // regular expressions
  "'abc'.matches('b') && !'abc'.matches('^b') && 'abc'.matches('^a.c$')",
  "!'a\\nb'.matches('a.b') && 'a\\nb'.matches('(?s)a.b') && 'a\\nb'.matches('(?m)^b$')",
  "!'a\\n'.matches('a$') && 'a'.matches('a\\\\z')",
  "'ABC'.matches('(?i)abc') && '\\u212a'.matches('(?i)k')",
  "'a-b_c'.matches('^[[:alnum:]_-]+$') && !'é'.matches('^[[:alpha:]]$') && 'é'.matches('^\\\\pL$')",
  "'\\u00a0'.matches('^\\\\S$') && ' '.matches('^\\\\s$') && !'\\u000b'.matches('^\\\\s$')",
  "'x.y'.matches('^x\\\\.y$') && 'a{1'.matches('a{1') && 'a]'.matches('a]')",
  "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
  "'123 abc 456'.findAll('[0-9]+') == ['123', '456'] && '1 2 3'.findAll('[0-9]', 2) == ['1', '2']",
  "'1 2'.findAll('[0-9]', 0) == [] && '1 2'.findAll('[0-9]', -1) == ['1', '2']",
  // strings
  "'tacocat'.charAt(3) == 'o' && 'abc'.charAt(3) == ''",
  "'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3 && 'hello'.indexOf('') == 0",
  "'hello hello'.replace('he', 'we', 1) == 'wello hello' && 'aaa'.replace('a', 'b', 0) == 'aaa' && 'ab'.replace('', '_') == '_a_b_'",
  "'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'abc'.split('') == ['a', 'b', 'c']",
  "['a', 'b'].join('-') == 'a-b' && 'TacoCÆt'.lowerAscii() == 'tacocÆt' && 'tacé'.upperAscii() == 'TACé'",
  "'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco' && '  x '.trim() == 'x'",
  "'%s has %d of %.2f (%x)'.format([dyn('a'), dyn(2), dyn(1.5), dyn(255)]) == 'a has 2 of 1.50 (ff)' && '%s'.format([[1, 2]]) == '[1, 2]'",
  'strings.quote(\'a "b"\') == \'"a \\\\"b\\\\""\'',
  "size('é') == 1 && 'a' < 'b' && 'a'.size() == 1",
  // lists and sets
  "[1, 2, 3].sum() == 6 && [1, 3].max() == 3 && ['b', 'a'].min() == 'a' && [1, 2].isSorted() && ![2, 1].isSorted()",
  '[1, 2, 2].indexOf(2) == 1 && [1, 2, 2].lastIndexOf(2) == 2 && [1].indexOf(5) == -1',
  'sets.contains([1, 2, 3], [2]) && !sets.contains([1], [1, 2]) && sets.contains([1], [])',
  'sets.equivalent([1, 1, 2], [2, 1]) && sets.intersects([1], [1, 2]) && !sets.intersects([], [1])',
  '[1, 2, 3].exists_one(x, x == 2) && [1, 2].map(x, x > 1, x * 2) == [4] && [1, 2].filter(x, x > 1) == [2]',
  '{"a": 1}.all(k, k == "a") && "a" in {"a": 1} && [1, 2] + [3] == [1, 2, 3]',
  // addresses
  "ip('192.168.0.1').family() == 4 && ip('::1').isLoopback() && !isIP('1.2.3') && !isIP('01.2.3.4') && !isIP('::ffff:1.2.3.4')",
  "ip.isCanonical('2001:db8::1') && !ip.isCanonical('2001:DB8:0:0::1') && ip('fe80::1').isLinkLocalUnicast()",
  "ip('8.8.8.8').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast() && ip('0.0.0.0').isUnspecified()",
  "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
  "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))",
  "cidr('192.168.1.5/24').masked() == cidr('192.168.1.0/24') && cidr('::1/128').prefixLength() == 128",
  "string(cidr('10.0.0.0/8').ip()) == '10.0.0.0' && isCIDR('::/0') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0')",
  // URLs
  "url('https://user@example.com:8443/a%20b?x=1&x=2').getHost() == 'example.com:8443'",
  "url('https://example.com:80/').getPort() == '80' && url('https://[::1]:80/').getHostname() == '::1'",
  "url('https://example.com/a?b=c').getEscapedPath() == '/a' && url('https://example.com/?k=a&k=b').getQuery()['k'] == ['a', 'b']",
  "isURL('https://example.com') && isURL('/path') && !isURL('example.com/path') && !isURL('') && url('HTTP://a').getScheme() == 'http'",
  // formats
  "!format.dns1123Label().validate('my-label').hasValue() && format.dns1123Label().validate('My_label').hasValue()",
  "!format.named('uuid').value().validate('123e4567-e89b-12d3-a456-426614174000').hasValue() && !format.named('nope').hasValue()",
  "!format.labelValue().validate('').hasValue() && format.qualifiedName().validate('a/b/c').hasValue()",
  // versions
  "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-rc.1').isLessThan(semver('1.0.0')) && semver('1.2.3').minor() == 2",
  "isSemver('1.0.0+build') && !isSemver('v1.0') && isSemver('v1.0', true) && semver('1.0.0-alpha').compareTo(semver('1.0.0-1')) == 1",
  // optionals and absorbed errors
  "object.?metadata.?labels[?'none'].orValue('x') == 'x' && !object.?spec.?x.hasValue()",
  'optional.of(1).optMap(x, x + 1).value() == 2 && optional.none().or(optional.of(1)).value() == 1',
  'object.metadata.none == 1 || true',
  '!(object.metadata.none == 1 && false)',
  '[1, 2].exists(x, x == 2 || object.metadata.none == x)',
  // numbers
  '7 / 2 == 3 && -7 / 2 == -3 && -7 % 2 == -1 && 1 < 1.5 && dyn(1) == 1.0 && double(2) / 4.0 == 0.5',
  "int('12') == 12 && string(1) == '1' && string(1.5) == '1.5' && int(1.9) == 1 && uint(3) == 3u",
  "int('+7') == 7 && int(timestamp('1970-01-01T00:01:00Z')) == 60",
  'int(object.metadata.name) == 1 || true',
  "dyn('1') != dyn(1) && dyn(null) == null && [1, 2] != [2, 1] && {'a': 1} == {'a': 1}",
  "duration('90m') == duration('1h30m') && duration('1h').getMinutes() == 60",
  "timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-01T00:00:01Z') && timestamp('2026-01-02T03:04:05Z').getHours() == 3",
  "timestamp('2026-01-02T03:04:05Z').getDayOfMonth() == 1 && timestamp('2026-01-02T03:04:05Z').getDayOfYear() == 1",
];

/** Patterns that RE2 refuses, though JavaScript takes them. */
export const refusedPatterns: readonly string[] = [
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  '(?<!a)b',
  '(a)\\1',
  '\\cA',
  '\\u0041',
  'a{1001}',
  'a++',
  'a**',
  '(',
  '[b-a]',
  '\\',
];

/** Whether a value has a format, and in words what the format is. */
export interface Format {
  /** The values that the format is about; any other value passes. */
  readonly of: 'string' | 'number' | 'any';
  /** What is allowed, completing "must be …". */
  readonly words: string;
  readonly accepts: (value: never) => boolean;
}

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedPart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;
const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const uuid = /^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/;
const duration = /^([+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$|^0$/;

const strings = (words: string, accepts: (text: string) => boolean): Format => ({ of: 'string', words, accepts });
const numbers = (words: string, accepts: (value: number) => boolean): Format => ({ of: 'number', words, accepts });

/**
 * The formats that the API server checks (apiextensions-apiserver, `supportedFormats`), as far as they occur, and those
 * of Kubernetes' own validation (apimachinery, `util/validation` and `api/resource`) that its published schemas leave
 * out. A format that is not here is not checked, as on the server.
 */
export const formats: Readonly<Record<string, Format>> = {
  int32: numbers('from -2147483648 to 2147483647', (n) => n >= -(2 ** 31) && n <= 2 ** 31 - 1),
  int64: numbers('within 64 bits', (n) => n >= -(2 ** 63) && n < 2 ** 63),
  'date-time': strings('a time like "2026-01-31T08:00:00Z"', isDateTime),
  date: strings('a date like "2026-01-31"', (text) => isDateTime(`${text}T00:00:00Z`)),
  byte: strings('base64', isBase64),
  duration: strings('a duration like "1h30m"', (text) => duration.test(text)),
  uuid: strings('a UUID', (text) => uuid.test(text)),
  ipv4: strings('an IPv4 address like "10.0.0.1"', isIpv4),
  ipv6: strings('an IPv6 address like "fd00::1"', isIpv6),
  cidr: strings('a CIDR like "10.0.0.0/24"', isCidr),
  uri: strings('an absolute URI', isUri),

  quantity: {
    of: 'any',
    words: 'a number with a unit, like "250m" or "512Mi"',
    accepts: (value: unknown) =>
      typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && quantity.test(value),
  },
  percentage: strings('a number or a percentage like "25%"', (text) => /^\d+%$/.test(text)),
  'dns-label': strings(
    'a DNS label: at most 63 lower-case letters, digits and "-", with a letter or digit at both ends',
    (text) => text.length <= 63 && dnsLabel.test(text),
  ),
  'dns-subdomain': strings(
    'a DNS name: at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
    (text) => text.length <= 253 && dnsSubdomain.test(text),
  ),
  'port-name': strings(
    'a port name: at most 15 lower-case letters, digits and single "-", at least one letter',
    (text) => text.length <= 15 && dnsLabel.test(text) && /[a-z]/.test(text) && !text.includes('--'),
  ),
  'qualified-name': strings(
    'a name of at most 63 letters, digits, "-", "_" and ".", with an optional DNS name and "/" in front',
    isQualifiedName,
  ),
  'annotation-key': strings(
    'a name of at most 63 letters, digits, "-", "_" and ".", with an optional DNS name and "/" in front',
    (text) => isQualifiedName(text.toLowerCase()),
  ),
  'label-value': strings(
    'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, or empty',
    (text) => text === '' || (text.length <= 63 && qualifiedPart.test(text)),
  ),
  'config-key': strings(
    'a file name of at most 253 letters, digits, "-", "_" and "."',
    (text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text) && text !== '.' && !text.startsWith('..'),
  ),
  'env-name': strings(
    'letters, digits, "_", "-" and ".", not starting with a digit',
    (text) => /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text) && text !== '.' && text !== '..' && !text.startsWith('..'),
  ),
  'relaxed-env-name': strings('printable ASCII without "="', (text) => /^[ -<>-~]+$/.test(text)),
};

function isDateTime(text: string): boolean {
  const match = rfc3339.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const zone = /^[+-](\d\d):(\d\d)$/.exec(match[8]);
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    (zone === null || (Number(zone[1]) <= 24 && Number(zone[2]) <= 60))
  );
}

/** Padded standard base64, the form that Go's decoder takes; it skips line breaks. */
function isBase64(text: string): boolean {
  const line = text.replace(/[\r\n]/g, '');
  return line.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(line);
}

function isIpv4(text: string): boolean {
  return /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.|$)){4}$/.test(text) && !text.endsWith('.');
}

function isIpv6(text: string): boolean {
  const [address, ...zones] = text.split('%');
  if (zones.length > 0 || !/^[0-9a-fA-F:.]+$/.test(address)) return false;
  try {
    return new URL(`http://[${address}]/`).hostname !== '';
  } catch {
    return false;
  }
}

function isCidr(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits ?? '')) return false;
  return (isIpv4(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128);
}

function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/.test(text) || text.startsWith('/');
}

function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts[parts.length - 1];
  if (parts.length > 2 || name.length > 63 || !qualifiedPart.test(name)) return false;
  return parts.length === 1 || (parts[0].length <= 253 && dnsSubdomain.test(parts[0]));
}

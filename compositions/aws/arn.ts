/** The partition of AWS that a region is in, as ARNs begin with it: `arn:aws`, `arn:aws-cn`, `arn:aws-us-gov`. */
export function arnPrefix(region: string): string {
  if (region.startsWith('cn-')) return 'arn:aws-cn';
  return region.startsWith('us-gov-') ? 'arn:aws-us-gov' : 'arn:aws';
}

import { type SecurityProps, weakened } from './security';
import { type VolumeProps, volumeReasons } from './volumes';

/** Why the security of a workload is weakened, in one text; empty where it is not. */
export function securityReason(props: SecurityProps & VolumeProps): string {
  const settings = weakened(props.security);
  return [
    ...(settings.length > 0 ? [`${props.security?.reason} (${settings.join(', ')})`] : []),
    ...volumeReasons(props),
  ].join('; ');
}

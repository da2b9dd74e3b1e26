import type { BackendRequest } from '../../src/platform/backend';
import { type Rule, show } from '../../src/platform/rule';

/** Refuses a region: a cluster on premises is where it is. */
export const noRegion: Rule<BackendRequest<{ readonly region?: string }>> = ({ spec: { region } }) =>
  region === undefined ? undefined : `region ${show(region)} cannot be chosen on premises; leave it out`;

/** Refuses a key of the organisation: what is stored is encrypted by the disks below, or not at all. */
export const noOwnKey: Rule<BackendRequest<{ readonly encryption: string }>> = ({ spec: { encryption } }) =>
  encryption === 'provider'
    ? undefined
    : `encryption ${show(encryption)} is not to be had on premises, where disks are encrypted as a whole; leave it out`;

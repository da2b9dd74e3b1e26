import type { PolicyPack } from '../policy-pack';
import { podSecurityBaseline } from './pod-security-baseline';
import { podSecurityRestricted } from './pod-security-restricted';

/** Every pack. */
export const allPacks: readonly PolicyPack[] = [podSecurityBaseline, podSecurityRestricted];

/** What each server of a size asks for. Memory is also the limit: a server that is given more than it asked for is killed first. */
export const postgresSizes = {
  xs: resources('250m', '1Gi'),
  small: resources('500m', '2Gi'),
  medium: resources('1', '4Gi'),
  large: resources('2', '8Gi'),
  xl: resources('4', '16Gi'),
} as const;

function resources(cpu: string, memory: string) {
  return { requests: { cpu, memory }, limits: { memory } };
}

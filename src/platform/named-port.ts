/** What is spoken on a port. */
export type PortProtocol = 'http' | 'grpc' | 'tcp' | 'udp';

/** A port with everything decided. */
export interface NamedPort {
  readonly name: string;
  /** Number that the container listens on. Network policies mean this one. */
  readonly port: number;
  /** Number that the Service offers. */
  readonly servicePort: number;
  readonly protocol: PortProtocol;
}

/** Whether a value is a port number. */
export function isPort(port: unknown): port is number {
  return Number.isInteger(port) && (port as number) >= 1 && (port as number) <= 65535;
}

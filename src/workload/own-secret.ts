import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { ExternalSecret } from '../../imports/external-secrets.io';
import type { Platform } from '../platform/platform';
import type { EnvironmentValue } from './environment-variables';
import type { OwnMetadata } from './own-objects';
import { externalSecretSpec } from './secrets';
import { StoredValues } from './stored-values';
import type { PodProps } from './workload-kind';

/** The workload that reads from the store. */
export interface SecretReader {
  readonly scope: Construct;
  readonly platform: Platform;
  /** Its name, which its Secret has too. */
  readonly name: string;
  readonly pods: PodProps;
  /** The environment of its main container, which grows. */
  readonly variables: ReadonlyMap<string, EnvironmentValue>;
  readonly metadata: OwnMetadata;
}

/** The Secret of a workload: everything that it reads from the store, fetched by one ExternalSecret. */
export class OwnSecret {
  private readonly reader: SecretReader;
  private made?: ExternalSecret;

  constructor(reader: SecretReader) {
    this.reader = reader;
    this.makeWhenNeeded();
  }

  /** What fetches the values; undefined while there are none. */
  get externalSecret(): ExternalSecret | undefined {
    return this.made;
  }

  /** What is read, with a key for each value. */
  get values(): StoredValues {
    return new StoredValues(this.reader.pods, this.reader.variables);
  }

  /** Makes the Secret with the first value; those that come later are in it once the app is synthesized. */
  makeWhenNeeded(): void {
    const { scope, platform, name, pods, metadata } = this.reader;
    const spec = () => externalSecretSpec(platform, name, pods, this.values.byKey);
    if (this.made || !spec()) return;
    this.made = new ExternalSecret(scope, 'external-secret', {
      metadata: metadata(),
      spec: Lazy.any({ produce: spec }),
    });
  }
}

/** Fields that Crossplane writes over whatever the author declares, with who owns them. */
export const reservedFields: Readonly<Record<'spec' | 'status', Readonly<Record<string, string>>>> = {
  spec: {
    crossplane: 'Crossplane keeps its own settings there',
    // Crossplane v1.20 keeps the same settings beside the author's fields.
    compositionRef: 'Crossplane v1 overwrites it',
    compositionSelector: 'Crossplane v1 overwrites it',
    compositionRevisionRef: 'Crossplane v1 overwrites it',
    compositionRevisionSelector: 'Crossplane v1 overwrites it',
    compositionUpdatePolicy: 'Crossplane v1 overwrites it',
    compositeDeletePolicy: 'Crossplane v1 overwrites it in claims',
    resourceRef: 'Crossplane v1 overwrites it in claims',
    resourceRefs: 'Crossplane v1 overwrites it',
    claimRef: 'Crossplane v1 overwrites it',
    publishConnectionDetailsTo: 'Crossplane v1 overwrites it',
    writeConnectionSecretToRef: 'Crossplane v1 overwrites it, and function-patch-and-transform names the Secret by it',
  },
  status: {
    conditions: 'Crossplane reports its conditions there',
    crossplane: 'Crossplane keeps its own state there',
    connectionDetails: 'Crossplane v1 overwrites it',
    claimConditionTypes: 'Crossplane v1 overwrites it',
    pendingResources: 'Crossplane v1 overwrites it',
  },
};

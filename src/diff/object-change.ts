import type { PlainObject } from '../platform/placed-object';
import type { FieldChange } from './field-change';

/** What happens to one object of a cluster. */
export type ObjectChange =
  | { readonly change: 'added'; readonly after: PlainObject; readonly before?: undefined; readonly fields: readonly [] }
  | {
      readonly change: 'removed';
      readonly before: PlainObject;
      readonly after?: undefined;
      readonly fields: readonly [];
    }
  | {
      readonly change: 'changed';
      readonly before: PlainObject;
      readonly after: PlainObject;
      /** Where it is another: at least one field, unless the API server refuses it as it is. */
      readonly fields: readonly FieldChange[];
    };

/** The object that a change is about: what it becomes, or what it was. */
export function objectOf({ before, after }: ObjectChange): PlainObject {
  return (after ?? before) as PlainObject;
}

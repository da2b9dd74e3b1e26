import type { MovedFrom } from '../resource/moved-from';

/** How a request is fulfilled, and what it carries besides what it asks for. */
export interface RequestOptions {
  /**
   * Name of the request, when it is not the construct's id.
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Labels of the request.
   * @default - those of the environment
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the request.
   * @default - of what holds data, that Argo CD asks before it removes it
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The composition that fulfils it: its name, or labels that tell it from the others.
   * @default - the API's default composition
   */
  readonly composition?: string | { readonly matchLabels: Readonly<Record<string, string>> };
  /**
   * Whether it follows changes of its composition at once, or waits until its revision is moved.
   * @default - as the API says
   */
  readonly compositionUpdatePolicy?: 'Automatic' | 'Manual';
  /**
   * The one cluster of the environment in which it is requested. The others get what it provides through the secret store.
   * @default - the home cluster of the environment
   */
  readonly cluster?: string;
  /**
   * What it was called before, when it was renamed or moved. What it stands for then stays where it is: the old request leaves
   * data behind when it goes, and this one takes over what it finds under the name that was made then. `'nothing'` for one that is
   * new though another went with the same change, which `golden check --against` would take for a rename.
   * @default - it is new, or always was what it is
   */
  readonly movedFrom?: MovedFrom | 'nothing';
}

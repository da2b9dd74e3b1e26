/** A use of a resource, or a definition of access to it, that must not compile, and its twin that differs in the fault only. */
export interface WrongUse {
  /** What is wrong, and what it would do in the cluster. */
  readonly fault: string;
  /** A statement; `@` stands for what differs. */
  readonly code: string;
  readonly wrong: string;
  readonly right: string;
  /** A part of what the compiler says. */
  readonly says: RegExp;
}

const access = (body: string) => `composition(messageQueueAccess, { name: 'a' }, (c) => { ${body} });`;
const credentials = '{ username: notNeeded, password: notNeeded }';

/** Every wrong use that the compiler has to refuse. */
export const wrongUses: readonly WrongUse[] = [
  {
    fault: 'a verb that the queue does not take: nothing says what it would allow',
    code: 'api.uses(queue, @);',
    wrong: "'publish'",
    right: "'send'",
    says: /"publish"' is not assignable to parameter of type '"send" \| "receive"'/,
  },
  {
    fault: 'a verb of another API',
    code: 'api.uses(queue, @);',
    wrong: "'read'",
    right: "'receive'",
    says: /No overload matches/,
  },
  {
    fault: 'a verb for what takes none: a database is used by whoever reads its connection',
    code: 'api.uses(db@);',
    wrong: ", 'read'",
    right: '',
    says: /No overload matches/,
  },
  {
    fault: 'several verbs at once, of which only one could be granted',
    code: 'api.uses(queue, @);',
    wrong: "['send', 'receive']",
    right: "'send'",
    says: /No overload matches/,
  },
  {
    fault: 'a verb that is only known when it runs, and may be none',
    code: 'api.uses(queue, @);',
    wrong: 'text',
    right: 'verb',
    says: /No overload matches/,
  },
  {
    fault: 'credentials without access, which nobody makes',
    code: "api.uses(queue, @{ env: { USER: 'username' } });",
    wrong: '',
    right: "'send', ",
    says: /No overload matches/,
  },
  {
    fault: 'credentials of another API',
    code: "api.uses(bucket, 'read', { env: { KEY: @ } });",
    wrong: "'username'",
    right: "'accessKeyId'",
    says: /"username"' is not assignable to type .*"accessKeyId"/,
  },
  {
    fault: 'options before the verb: it would be passed over, and nothing be granted',
    code: 'api.uses(queue, @);',
    wrong: "{ env: { EVENTS: 'queue' } }, 'send'",
    right: "'send', { env: { EVENTS: 'queue' } }",
    says: /is not assignable to parameter of type '"send" \| "receive"'/,
  },
  {
    fault: 'access that depends on a field that the request lacks',
    code: "defineAccess(messageQueue, { verbs: { send: 'Send' }, depends: [@] });",
    wrong: "'fifos'",
    right: "'fifo'",
    says: /"fifos"' is not assignable/,
  },
  {
    fault: 'rights for some of the verbs: a request with another one would stop the whole composition',
    code: access(`const rights = c.xr.spec.verb.map({ send: 'a'@ }); return c.report({ connection: ${credentials} });`),
    wrong: '',
    right: ", receive: 'b'",
    says: /'receive' is missing/,
  },
  {
    fault: 'a backend that leaves credentials out without a word',
    code: access('return c.report({ connection: { username: notNeeded@ } });'),
    wrong: '',
    right: ', password: notNeeded',
    says: /'password' is missing/,
  },
  {
    fault: 'a field of the resource that access was not said to depend on: it is never there',
    code: access(`void c.xr.spec.resource.@; return c.report({ connection: ${credentials} });`),
    wrong: 'retentionHours',
    right: 'fifo',
    says: /'retentionHours' does not exist/,
  },
];

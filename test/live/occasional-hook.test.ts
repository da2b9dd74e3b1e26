import { isOccasionalHook } from '../../src/live/occasional-hook';
import { liveObject } from './live-objects';

test.each<[string | undefined, string | undefined, boolean]>([
  [undefined, undefined, false],
  ['PreSync', undefined, false],
  ['PreSync', 'BeforeHookCreation', false],
  ['PostSync, SyncFail', undefined, false],
  ['SyncFail', 'BeforeHookCreation', true],
  ['PostDelete', undefined, true],
  ['Skip', undefined, true],
  ['PreSync', 'BeforeHookCreation, HookSucceeded', true],
  ['PreSync', 'HookFailed', true],
])('a hook %s that is deleted %s is there only at times: %s', (hook, policy, expected) => {
  const annotations = {
    ...(hook !== undefined && { 'argocd.argoproj.io/hook': hook }),
    ...(policy !== undefined && { 'argocd.argoproj.io/hook-delete-policy': policy }),
  };
  expect(isOccasionalHook(liveObject('batch/v1 Job migrate', { annotations }))).toBe(expected);
});

import { renderedKey } from './rollout-program';

/**
 * Health of a request, by the conditions `Synced` and `Ready` that Crossplane gives it. What is paused is suspended; what was
 * reconciled with an error is degraded; each with what Crossplane says about it.
 */
export const requestHealth = `local health = { status = 'Progressing', message = 'waits for its controller' }
if obj.status == nil or obj.status.conditions == nil then
  return health
end
local ready, synced
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == 'Ready' then ready = condition end
  if condition.type == 'Synced' then synced = condition end
end
if synced ~= nil and synced.status == 'False' then
  health.status = synced.reason == 'ReconcilePaused' and 'Suspended' or 'Degraded'
  health.message = synced.message or synced.reason
elseif ready ~= nil then
  health.status = ready.status == 'True' and 'Healthy' or 'Progressing'
  health.message = ready.message or ready.reason
end
return health
`;

/**
 * Health of an Application, as it says itself once it is synced: what lets one wave wait for the apps of the one before. What is
 * missing has no health, so that an app of which nothing is there yet calls itself healthy.
 *
 * One that a roll-out pins counts only once it was compared at its pin. It is degraded as soon as it can't be synced, and when it is not
 * healthy five minutes after its sync: that ends the sync of the roll-out, which begins again with what was committed meanwhile. A
 * sync that waited on would never take the commit that mends it.
 */
export const applicationHealth = `local health = { status = 'Progressing', message = 'waits to be compared' }
if obj.status == nil or obj.status.health == nil or obj.status.health.status == nil then
  return health
end
local isPinned = obj.metadata.annotations ~= nil and obj.metadata.annotations['${renderedKey}'] ~= nil
local sync = obj.status.sync or {}
local operation = obj.status.operationState or {}
if isPinned then
  local compared = sync.comparedTo ~= nil and sync.comparedTo.source or {}
  if compared.targetRevision ~= obj.spec.source.targetRevision or compared.path ~= obj.spec.source.path then
    return health
  end
  local errors = { ComparisonError = true, InvalidSpecError = true, SyncError = true, UnknownError = true }
  for _, condition in ipairs(obj.status.conditions or {}) do
    if errors[condition.type] then
      return { status = 'Degraded', message = condition.message }
    end
  end
end
health.status = obj.status.health.status
health.message = obj.status.health.message or ''
local isSynced = sync.status == 'Synced'
if not isSynced and (health.status == 'Healthy' or health.status == 'Missing') then
  health.status = 'Progressing'
  health.message = 'waits to be synced'
  if operation.message ~= nil then
    health.message = health.message .. ': ' .. operation.message
  end
elseif not isSynced and isPinned then
  health.status = 'Progressing'
elseif isPinned and health.status ~= 'Healthy' and operation.finishedAt ~= nil then
  local os = require('os')
  local ahead = os.time(os.date('*t')) - os.time(os.date('!*t'))
  if operation.finishedAt < os.date('%Y-%m-%dT%H:%M:%SZ', os.time() - ahead - 300) then
    health.status = 'Degraded'
    health.message = 'is not healthy five minutes after its sync'
  end
end
return health
`;

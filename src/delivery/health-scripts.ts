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
 */
export const applicationHealth = `local health = { status = 'Progressing', message = 'waits to be compared' }
if obj.status == nil or obj.status.health == nil or obj.status.health.status == nil then
  return health
end
health.status = obj.status.health.status
health.message = obj.status.health.message or ''
local isSynced = obj.status.sync ~= nil and obj.status.sync.status == 'Synced'
if not isSynced and (health.status == 'Healthy' or health.status == 'Missing') then
  health.status = 'Progressing'
  health.message = 'waits to be synced'
  if obj.status.operationState ~= nil and obj.status.operationState.message ~= nil then
    health.message = health.message .. ': ' .. obj.status.operationState.message
  end
end
return health
`;

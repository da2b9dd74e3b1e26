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

/** Health of an Application, as it says itself: what lets one wave wait for the apps of the one before. */
export const applicationHealth = `local health = { status = 'Progressing', message = '' }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  if obj.status.health.message ~= nil then
    health.message = obj.status.health.message
  end
end
return health
`;

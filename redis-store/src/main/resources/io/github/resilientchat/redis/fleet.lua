-- What instances tell each other: a hash of what holds, and a word to those who listen.
-- ARGV: what to do, who says it, then what. KEYS: the hash.
--
-- slice: a hash of what each instance holds of each target's limits, in millionths, what it wants,
-- and until when it holds it. Nobody is given what another one still holds.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local op, who, field = ARGV[1], ARGV[2], ARGV[3]
local KEPT = 86400000
local MOST = 10000

if op == 'look' then
  local all = redis.call('HGETALL', KEYS[1])
  local answer = {}
  for i = 1, #all, 2 do
    local ends = tonumber(string.match(all[i + 1], '^(%d+) '))
    if ends > 0 and ends <= now then
      redis.call('HDEL', KEYS[1], all[i])
    else
      answer[#answer + 1] = all[i]
      answer[#answer + 1] = (ends > 0 and string.format('%.0f', ends - now) or '0')
        .. string.match(all[i + 1], '^%d+( .*)$')
    end
  end
  if #all > 0 then
    redis.call('PEXPIRE', KEYS[1], KEPT)
  end
  return answer
end

if op == 'slice' then
  local keeps = tonumber(ARGV[3])
  local LEAST, IDLE, ALL = 1000, 10000, 1000000
  local held, wanted, instances = {}, {}, {}
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local instance, target = string.match(all[i], '^(%S+) (.*)$')
    local slice, wants, ends = string.match(all[i + 1], '^(%d+) (%d+) (%d+)$')
    if tonumber(ends) <= now then
      redis.call('HDEL', KEYS[1], all[i])
    elseif instance ~= who then
      held[target] = (held[target] or 0) + tonumber(slice)
      wanted[target] = (wanted[target] or 0) + tonumber(wants)
      instances[target] = (instances[target] or 0) + 1
    end
  end
  local answer = {}
  for i = 4, #ARGV, 2 do
    local target, wants = ARGV[i], tonumber(ARGV[i + 1])
    local others = instances[target] or 0
    local fair = ALL * (wants + IDLE) / ((wanted[target] or 0) + wants + IDLE * (others + 1))
    local slice = math.floor(math.max(LEAST, math.min(fair, ALL - (held[target] or 0))))
    redis.call('HSET', KEYS[1], who .. ' ' .. target,
      string.format('%.0f %.0f %.0f', slice, wants, now + keeps))
    answer[#answer + 1] = slice
  end
  redis.call('PEXPIRE', KEYS[1], 10 * keeps)
  return answer
end

if op == 'forget' then
  redis.call('HDEL', KEYS[1], field)
  redis.call('PUBLISH', ARGV[4], who .. ' - ' .. field)
  return {}
end

-- What holds for so long (0: until it is forgotten), and whether it is firm. Never shorter.
local left, firm = tonumber(ARGV[5]), ARGV[6]
local known = redis.call('HGET', KEYS[1], field)
local ends = known and tonumber(string.match(known, '^(%d+) ')) or 0
if left > 0 and now + left > ends or left == 0 and not known then
  if known or redis.call('HLEN', KEYS[1]) < MOST then
    redis.call('HSET', KEYS[1], field,
      string.format('%.0f', left > 0 and now + left or 0) .. ' ' .. firm .. ' ' .. who)
    redis.call('PEXPIRE', KEYS[1], KEPT)
  end
  redis.call('PUBLISH', ARGV[4],
    who .. ' ' .. string.format('%.0f', left) .. ' ' .. firm .. ' ' .. field)
end
return {}

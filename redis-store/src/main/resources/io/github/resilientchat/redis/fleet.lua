-- What instances tell each other: a hash of last words, and a word to those who listen.
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

-- The last word on something: that it holds for so long (0: until it is over), which is never
-- shorter than what is known, or that it is over (-). An end is kept as long as somebody who missed
-- it may think that it holds. Who says again what was lost is not heard where anybody has spoken.
local left, flag, again = tonumber(ARGV[5]), ARGV[6], ARGV[7] == '1'
local known = redis.call('HGET', KEYS[1], field)
local ends, was = 0, nil
if known then
  local till, said = string.match(known, '^(%d+) (%S+) ')
  if till == '0' or tonumber(till) > now then
    ends, was = tonumber(till), said
  end
end
if again and was then
  return {}
end
local over = flag == '-'
if over or not was or was == '-' or left > 0 and now + left > ends then
  local till = left > 0 and now + left or 0
  if over then
    till = ends > 0 and ends or now + KEPT
  end
  local keeps = known or redis.call('HLEN', KEYS[1]) < MOST
  if keeps then
    redis.call('HSET', KEYS[1], field, string.format('%.0f', till) .. ' ' .. flag .. ' ' .. who)
    redis.call('PEXPIRE', KEYS[1], KEPT)
  end
  if keeps or not again then
    redis.call('PUBLISH', ARGV[4],
      who .. ' ' .. string.format('%.0f', left) .. ' ' .. flag .. ' ' .. field)
  end
end
return {}

-- Accounts of callers, counted as core's ledger counts them: the words are those of its meters.
-- All numbers are whole and below 2^53, so that Lua's are exact. Reads and decides first, then
-- writes: what Redis refuses to do (no memory, a replica) it refuses as a whole.
--
-- ARGV: what to do, the time in microseconds (0: Redis' own), then what Arguments.java puts in.
-- KEYS: the demand's record, then for each holder its account and, if calls at a time are limited,
-- its leases.

local floor, max, min = math.floor, math.max, math.min
local now = tonumber(ARGV[2])
if now == 0 then
  local t = redis.call('TIME')
  now = t[1] * 1000000 + t[2]
end
local ms = floor(now / 1000)
local op = ARGV[1]

local ENDED = 'e'
local record = KEYS[1]

if op == 'probe' then
  return redis.call('SET', record, '1', 'PX', 1000)
end

if op == 'renew' then
  local lease, hold = tonumber(ARGV[3]), tonumber(ARGV[4])
  if redis.call('GET', record) == ENDED then
    return 0
  end
  for k = 2, #KEYS do
    redis.call('ZADD', KEYS[k], ms + lease, ARGV[5])
    redis.call('PEXPIRE', KEYS[k], lease)
  end
  redis.call('PEXPIRE', record, hold)
  return 1
end

local PARTS, SLICES, SHARES = 12, 13, { 50, 80, 95, 100 }
local MOST_DEBT = 2 ^ 52
local NEVER = 2305843009213693
local HOUR, DAY = 3600000, 86400000
local REQUESTS, TOKENS, MONEY, SLOTS = 1, 2, 3, 4

-- By code: what is counted, cells beside the code, length of a slice in microseconds or a period.
local COUNTED = { REQUESTS, REQUESTS, REQUESTS, TOKENS, TOKENS, TOKENS, SLOTS, MONEY, MONEY, MONEY }
local WIDTH = { 17, 17, 4, 17, 17, 4, 1, 4, 4, 4 }
local SLICE = { 5000000, 300000000, nil, 5000000, 300000000 }
local LONGEST = { [3] = DAY + 2 * HOUR, [6] = DAY + 2 * HOUR, [8] = HOUR, [9] = DAY + 2 * HOUR,
  [10] = 31 * DAY + 2 * HOUR }

local at = 2
local function arg()
  at = at + 1
  return tonumber(ARGV[at])
end

-- The periods that it is now.
local lease, hold = arg(), arg()
local hour0, hourFrom = arg(), arg()
local hour = hour0 + floor((ms - hourFrom) / HOUR)
local function period()
  local number, first, second, third = arg(), arg(), arg(), arg()
  if ms < first then
    return number - 1
  elseif ms < second then
    return number
  elseif ms < third then
    return number + 1
  end
  return number + 2
end
local day = period()
local month = period()
local function number(code)
  return code == 8 and hour or code == 10 and month or day
end

local tokens, money = arg(), arg()
at = at + 1
local id = ARGV[at]

-- Meters that slide: code, slice, debt, told, thirteen slices.
local function slot(b, slice)
  return b + 4 + slice % SLICES
end

local function sum(c, b)
  local all = 0
  for i = b + 4, b + 16 do
    all = all + c[i]
  end
  return all
end

local function pay(c, b, room)
  local paid = min(c[b + 2], room)
  if paid > 0 then
    local i = slot(b, c[b + 1])
    c[i] = c[i] + paid
    c[b + 2] = c[b + 2] - paid
  end
end

local function slide(c, b, most, length)
  local target = floor(now / length)
  local steps = target - c[b + 1]
  if steps <= 0 then
    return
  end
  if most > 0 and c[b + 2] > 0 then
    local rounds = min(floor(steps / SLICES), floor(c[b + 2] / most))
    c[b + 2] = c[b + 2] - rounds * most
    c[b + 1] = c[b + 1] + rounds * SLICES
    steps = steps - rounds * SLICES
  end
  for _ = 1, min(steps, 2 * SLICES) do
    c[b + 1] = c[b + 1] + 1
    local i = slot(b, c[b + 1])
    local left = c[i]
    c[i] = 0
    pay(c, b, left)
  end
  c[b + 1] = max(c[b + 1], target)
end

local function waitSliding(c, b, most, length, units)
  local all = sum(c, b)
  local excess = all + c[b + 2] + units - most
  if excess <= 0 then
    return 0
  end
  local rounds = floor((excess - 1) / all)
  if rounds > NEVER / (SLICES * length) then
    return NEVER
  end
  local missing = excess - rounds * all
  local boundary = c[b + 1] + rounds * SLICES
  local oldest = c[b + 1] + 1
  while missing > 0 do
    missing = missing - c[slot(b, oldest)]
    boundary = boundary + 1
    oldest = oldest + 1
  end
  return boundary * length - now
end

local function giveBack(c, b, units, taken)
  local left = units
  for slice = taken, taken + 1 do
    if left > 0 and slice <= c[b + 1] and c[b + 1] - slice < SLICES then
      local i = slot(b, slice)
      local back = min(left, c[i])
      c[i] = c[i] - back
      left = left - back
    end
  end
end

-- Meters of the calendar: code, period, used, told.
local function turn(c, b, most, code)
  local passed = number(code) - c[b + 1]
  if passed > 0 then
    local used = c[b + 2]
    c[b + 2] = (most == 0 or passed > floor(used / most)) and 0 or used - passed * most
    c[b + 1] = number(code)
  end
end

-- All holders' accounts, and in one row all their meters.
local holders, meters = {}, {}
local key = 1
local count = arg()
for h = 1, count do
  key = key + 1
  local raw = redis.call('GET', KEYS[key])
  local c = raw and cmsgpack.unpack(raw) or {}
  local places = {}
  local b = 1
  while b <= #c do
    places[c[b]] = b
    b = b + WIDTH[c[b]]
  end
  local holder = { key = KEYS[key], cells = c }
  holders[h] = holder
  for m = 1, arg() do
    local code, most = arg(), arg()
    local meter = { holder = h, place = m, code = code, most = most, cells = c, at = places[code] }
    meters[#meters + 1] = meter
    if code == 7 then
      key = key + 1
      holder.leases = KEYS[key]
      meter.running = redis.call('ZCOUNT', KEYS[key], '(' .. string.format('%.0f', ms), '+inf')
    else
      if not meter.at then
        meter.at = #c + 1
        c[meter.at] = code
        c[meter.at + 1] = SLICE[code] and floor(now / SLICE[code]) or number(code)
        for i = meter.at + 2, meter.at + WIDTH[code] - 1 do
          c[i] = 0
        end
      end
      if SLICE[code] then
        slide(c, meter.at, most, SLICE[code])
      else
        turn(c, meter.at, most, code)
      end
    end
  end
end

local function units(meter)
  local counted = COUNTED[meter.code]
  return counted == TOKENS and tokens or counted == MONEY and money or 1
end

local function used(meter)
  if meter.code == 7 then
    return meter.running
  elseif SLICE[meter.code] then
    return sum(meter.cells, meter.at) + meter.cells[meter.at + 2]
  end
  return meter.cells[meter.at + 2]
end

-- What is reached and was not told before in this window.
local function reached(answer)
  local crossings = 0
  answer[#answer + 1] = 0
  local head = #answer
  for _, meter in ipairs(meters) do
    if meter.code ~= 7 then
      local c, b = meter.cells, meter.at
      local counts = used(meter)
      local level = 0
      while level < 4 and counts >= meter.most / 100 * SHARES[level + 1] do
        level = level + 1
      end
      local since, told = floor(c[b + 3] / 8), c[b + 3] % 8
      local present = c[b + 1]
      if SLICE[meter.code] then
        told = present - since >= SLICES and 0 or told
        since = told == 0 and present or since
      else
        told = since == present and told or 0
        since = present
      end
      if level > told then
        c[b + 3] = since * 8 + level
        for l = told + 1, level do
          crossings = crossings + 1
          answer[#answer + 1] = meter.holder - 1
          answer[#answer + 1] = meter.place - 1
          answer[#answer + 1] = SHARES[l]
          answer[#answer + 1] = counts
        end
      end
    end
  end
  answer[head] = crossings
end

local function tellUsed(answer)
  for _, meter in ipairs(meters) do
    answer[#answer + 1] = used(meter)
  end
  return answer
end

-- An account is kept until it says nothing any more.
local function save()
  local longest = {}
  for _, meter in ipairs(meters) do
    if meter.code ~= 7 then
      local c, b, most = meter.cells, meter.at, max(1, meter.most)
      local keeps
      if SLICE[meter.code] then
        local window = SLICES * SLICE[meter.code] / 1000
        keeps = window * (2 + floor(c[b + 2] / most))
      else
        keeps = LONGEST[meter.code] * (1 + floor(c[b + 2] / most))
      end
      longest[meter.holder] = max(longest[meter.holder] or 0, keeps)
    end
  end
  for h, holder in ipairs(holders) do
    if longest[h] then
      redis.call('SET', holder.key, cmsgpack.pack(holder.cells), 'PX',
        string.format('%.0f', min(longest[h], 800 * DAY)))
    end
  end
end

local known = redis.call('GET', record)

if op == 'take' then
  if known == ENDED then
    return { 2 }
  elseif known then
    local then_ = cmsgpack.unpack(known)
    return tellUsed({ 0, then_[1], then_[2], then_[3], then_[4], 0 })
  end
  local short = { 1, now, 0 }
  for _, meter in ipairs(meters) do
    local wait = 0
    if meter.code == 7 then
      wait = meter.running < meter.most and 0 or 1000000
    elseif SLICE[meter.code] then
      wait = waitSliding(meter.cells, meter.at, meter.most, SLICE[meter.code], units(meter))
    else
      local excess = meter.cells[meter.at + 2] + units(meter) - meter.most
      if excess > 0 then
        wait = meter.cells[meter.at + 1] + floor((excess - 1) / meter.most) + 1
      end
    end
    if wait > 0 then
      short[3] = short[3] + 1
      short[#short + 1] = meter.holder - 1
      short[#short + 1] = meter.place - 1
      short[#short + 1] = wait
    end
  end
  if short[3] > 0 then
    return tellUsed(short)
  end
  for _, meter in ipairs(meters) do
    local c, b = meter.cells, meter.at
    if meter.code == 7 then
      local leases = holders[meter.holder].leases
      redis.call('ZREMRANGEBYSCORE', leases, '-inf', string.format('%.0f', ms))
      redis.call('ZADD', leases, string.format('%.0f', ms + lease), id)
      redis.call('PEXPIRE', leases, lease)
      meter.running = meter.running + 1
    elseif SLICE[meter.code] then
      local i = slot(b, c[b + 1])
      c[i] = c[i] + units(meter)
    else
      c[b + 2] = c[b + 2] + units(meter)
    end
  end
  local answer = { 0, now, hour, day, month }
  reached(answer)
  save()
  redis.call('SET', record, cmsgpack.pack({ now, hour, day, month }), 'PX', hold)
  return tellUsed(answer)
end

-- The end. Who was never taken is added.
local usedTokens, usedMoney, request = arg(), arg(), arg()
local ticket = { arg(), arg(), arg(), arg() }
if known == ENDED then
  return { 2 }
elseif known then
  ticket = cmsgpack.unpack(known)
end
local taken = ticket[1] > 0
local then_ = { [3] = ticket[3], [6] = ticket[3], [8] = ticket[2], [9] = ticket[3], [10] = ticket[4] }
local changed = false
for _, meter in ipairs(meters) do
  local counted = COUNTED[meter.code]
  local change
  if counted == SLOTS then
    local leases = holders[meter.holder].leases
    if redis.call('ZREM', leases, id) == 1 then
      meter.running = max(0, meter.running - 1)
    end
    change = 0
  elseif counted == REQUESTS then
    change = request - (taken and 1 or 0)
  elseif counted == TOKENS then
    change = usedTokens - (taken and tokens or 0)
  else
    change = usedMoney - (taken and money or 0)
  end
  if change ~= 0 then
    changed = true
    local c, b = meter.cells, meter.at
    if SLICE[meter.code] then
      if change > 0 then
        c[b + 2] = min(MOST_DEBT, c[b + 2] + change)
      else
        giveBack(c, b, -change, floor(ticket[1] / SLICE[meter.code]))
      end
      pay(c, b, meter.most - sum(c, b))
    elseif change > 0 or then_[meter.code] == c[b + 1] then
      c[b + 2] = max(0, min(MOST_DEBT, c[b + 2] + change))
    end
  end
end
local answer = { 0 }
reached(answer)
if changed or answer[2] > 0 then
  save()
end
redis.call('SET', record, ENDED, 'PX', hold)
return tellUsed(answer)

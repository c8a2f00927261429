-- Accounts of callers, counted as core's ledger counts them: the words are those of its meters.
-- All numbers are whole and below 2^53, so that Lua's are exact. Reads and decides first, then
-- writes: what Redis refuses to do (no memory, a replica) it refuses as a whole.
--
-- ARGV: numbers, packed as doubles, in the order of Numbers.java; the call's name, if calls at a
-- time are limited. KEYS: the demand's record, then for each holder its account and, if calls at a
-- time are limited, its leases.
--
-- What is done for each call costs a few commands and hardly a table: it is this that a Redis has
-- least of. An account is a head, which is all that most calls read and write:
--   number of meters, the millisecond until which Redis keeps it, then for each meter
--   code, present slice or period, sum of all slices or what is used, of it in the present slice,
--   debt, what was told (slice or period * 8 + level)
-- and a tail, of those slices that are not the present one: thirteen for each meter, by the number
-- of the slice; empty when they are. It is read when a slice has passed or a call is refused.

local call, KEYS, unpack = redis.call, KEYS, unpack
local parse, pack, floor, byte = struct.unpack, struct.pack, math.floor, string.byte
local ONE = '<BI6BI4I7I7I7I5'
local TWO = '<BI6BI4I7I7I7I5BI4I7I7I7I5'
local HEAD, METER = 7, 31
local SLICES = 13
local DAY = 86400000
local MOST_DEBT = 2 ^ 52
local TAKE, RENEW, PROBE = 1, 3, 4
local ENDED = 'e'

local packed = ARGV[1]
local a = { parse('<' .. string.rep('d', #packed / 8), packed) }
local op, now, lease, hold = a[1], a[2], a[3], a[4]
if now == 0 then
  local time = call('TIME')
  now = time[1] * 1000000 + time[2]
end
local ms = floor(now / 1000)
local record = KEYS[1]

if op == PROBE then
  call('SET', record, '1', 'PX', 1000)
  return ''
end

if op == RENEW then
  if call('GET', record) ~= ENDED then
    for k = 2, #KEYS do
      call('ZADD', KEYS[k], ms + lease, ARGV[2])
      call('PEXPIRE', KEYS[k], lease)
    end
    call('PEXPIRE', record, hold)
  end
  return ''
end

local taking = op == TAKE
local tokens, money = a[5], a[6]
local at = taking and 7 or 14

-- The periods that it is now, if a limit follows the calendar.
local hour, day, month = 0, 0, 0
if a[at] > 0 then
  hour = a[at + 1] + floor((ms - a[at + 2]) / 3600000)
  day = a[at + 3]
  day = ms < a[at + 4] and day - 1 or ms < a[at + 5] and day or ms < a[at + 6] and day + 1 or day + 2
  month = a[at + 7]
  month = ms < a[at + 8] and month - 1 or ms < a[at + 9] and month
    or ms < a[at + 10] and month + 1 or month + 2
  at = at + 11
else
  at = at + 1
end

local got = call('MGET', unpack(KEYS))
local known = got[1]
if known == ENDED then
  return pack('<d', 2)
end

local cells, tails, renewed = {}, {}, {}

local function tail(h, account)
  local t = tails[h]
  if not t then
    local from = account and HEAD + 1 + METER * byte(account)
    t = from and from <= #account and cmsgpack.unpack(string.sub(account, from)) or {}
    tails[h] = t
  end
  return t
end

-- Brings all accounts to now, and looks whether there is room. A holder: how many limits, place of
-- its key. A limit: code, length of a slice in microseconds (0: a period, less: calls at a time),
-- amount, place of its meter, or what runs.
local holders, first = a[at], at + 1
local short
local i, key = first, 1
for h = 1, holders do
  key = key + 1
  a[i + 1] = key
  local account = got[key]
  local c, n
  if account then
    n = byte(account)
    local shape = n == 2 and TWO or n == 1 and ONE or '<BI6' .. string.rep('BI4I7I7I7I5', n)
    c = { parse(shape, account) }
  else
    n = 0
    c = { 0, 0 }
  end
  cells[h] = c
  local b = 3
  local last = i + 4 * a[i]
  for l = i + 2, last, 4 do
    local code, length, most = a[l], a[l + 1], a[l + 2]
    local wait = 0
    if length < 0 then
      key = key + 1
      local running = call('ZCOUNT', KEYS[key], '(' .. string.format('%.0f', ms), '+inf')
      a[l + 3] = running
      if taking and running >= most then
        wait = 1000000
      end
    else
      local present = length > 0 and floor(now / length) or code == 8 and hour
        or code == 10 and month or day
      if b > 6 * n or c[b] ~= code then
        b = 3
        while b <= 6 * n and c[b] ~= code do
          b = b + 6
        end
        if b > 6 * n then
          n = n + 1
          c[1] = n
          c[b], c[b + 1], c[b + 2], c[b + 3], c[b + 4], c[b + 5] = code, present, 0, 0, 0, 0
          renewed[h] = true
        end
      end
      a[l + 3] = b
      local steps = present - c[b + 1]
      if steps > 0 and length > 0 then
        local t = tail(h, account)
        local z = (b - 3) / 6 * SLICES + 1
        local slice, sum, debt = c[b + 1], c[b + 2], c[b + 4]
        t[z + slice % SLICES] = c[b + 3]
        if debt > 0 and most > 0 then
          local rounds = math.min(floor(steps / SLICES), floor(debt / most))
          debt = debt - rounds * most
          slice = slice + rounds * SLICES
          steps = steps - rounds * SLICES
        end
        -- One more round may pay what is left of the debt, the next one empties the window.
        for _ = 1, math.min(steps, 2 * SLICES) do
          slice = slice + 1
          local p = z + slice % SLICES
          local left = t[p] or 0
          local paid = debt < left and debt or left
          t[p] = paid
          sum = sum - left + paid
          debt = debt - paid
        end
        c[b + 1], c[b + 2], c[b + 4] = present, sum, debt
        c[b + 3] = t[z + present % SLICES] or 0
      elseif steps > 0 then
        local used = c[b + 2]
        c[b + 1] = present
        c[b + 2] = (most == 0 or steps > floor(used / most)) and 0 or used - steps * most
        renewed[h] = true
      end
      if taking then
        local units = code <= 3 and 1 or code <= 6 and tokens or money
        local excess = c[b + 2] + c[b + 4] + units - most
        if excess > 0 then
          if length == 0 then
            wait = c[b + 1] + floor((excess - 1) / most) + 1
          else
            -- While there is a debt, the same slices leave round after round.
            local all, slice = c[b + 2], c[b + 1]
            local NEVER = 2305843009213693
            local rounds = all > 0 and floor((excess - 1) / all) or NEVER
            if rounds > NEVER / (SLICES * length) then
              wait = NEVER
            else
              local t = tail(h, account)
              local z = (b - 3) / 6 * SLICES + 1
              t[z + slice % SLICES] = c[b + 3]
              local missing, passed = excess - rounds * all, 0
              while missing > 0 and passed < SLICES do
                passed = passed + 1
                missing = missing - (t[z + (slice + passed) % SLICES] or 0)
              end
              wait = (slice + rounds * SLICES + passed) * length - now
            end
          end
        end
      end
      b = b + 6
    end
    if wait > 0 then
      short = short or {}
      local s = #short
      short[s + 1], short[s + 2], short[s + 3] = h - 1, (l - i - 2) / 4, wait
    end
  end
  i = last + 2
end

-- What is said: how it went, the moment and its periods, what counts against each limit, then what
-- is short, or which shares are reached: holder, limit, and how long or how much.
local said = { 0, now, hour, day, month, 0 }
local s = 5
if known then
  said[2], said[3], said[4], said[5] = parse('<I7I3I3I3', known)
elseif short and taking then
  said[1] = 1
end

local request, tokenChange, moneyChange = 1, tokens, money
if not taking then
  -- The end. Who was never taken is added.
  local ticket = known and said or { 0, a[10], a[11], a[12], a[13] }
  now, hour, day, month = ticket[2], ticket[3], ticket[4], ticket[5]
  local taken = now > 0
  request = a[9] - (taken and 1 or 0)
  tokenChange = a[7] - (taken and tokens or 0)
  moneyChange = a[8] - (taken and money or 0)
end

-- From here on the moment is that of the take.
local decided = not taking or not known and not short
local reached
i = first
for h = 1, holders do
  local c, account = cells[h], got[a[i + 1]]
  local dirty = false
  key = a[i + 1]
  local last = i + 4 * a[i]
  for l = i + 2, last, 4 do
    local code, length, most, b = a[l], a[l + 1], a[l + 2], a[l + 3]
    local counts = b
    if length < 0 then
      key = key + 1
      if decided and taking then
        local leases = KEYS[key]
        call('ZREMRANGEBYSCORE', leases, '-inf', ms)
        call('ZADD', leases, ms + lease, ARGV[2])
        call('PEXPIRE', leases, lease)
        counts = b + 1
      elseif decided and call('ZREM', KEYS[key], ARGV[2]) == 1 and b > 0 then
        counts = b - 1
      end
    else
      local change = decided and (code <= 3 and request or code <= 6 and tokenChange or moneyChange)
        or 0
      if change ~= 0 then
        dirty = true
        if length == 0 then
          if change > 0 or (code == 8 and hour or code == 10 and month or day) == c[b + 1] then
            c[b + 2] = math.max(0, math.min(MOST_DEBT, c[b + 2] + change))
          end
          if c[b + 2] >= most then
            renewed[h] = true
          end
        else
          if taking then
            c[b + 2] = c[b + 2] + change
            c[b + 3] = c[b + 3] + change
          else
            if change > 0 then
              c[b + 4] = math.min(MOST_DEBT, c[b + 4] + change)
            else
              -- To the slice it was taken in, or to the next one.
              local left, slice, taken = -change, c[b + 1], floor(now / length)
              for from = taken, taken + 1 do
                if left > 0 and from <= slice and slice - from < SLICES then
                  local back
                  if from == slice then
                    back = math.min(left, c[b + 3])
                    c[b + 3] = c[b + 3] - back
                  else
                    local t = tail(h, account)
                    local p = (b - 3) / 6 * SLICES + 1 + from % SLICES
                    back = math.min(left, t[p] or 0)
                    t[p] = (t[p] or 0) - back
                  end
                  c[b + 2] = c[b + 2] - back
                  left = left - back
                end
              end
            end
            local paid = math.min(c[b + 4], most - c[b + 2])
            if paid > 0 then
              c[b + 2] = c[b + 2] + paid
              c[b + 3] = c[b + 3] + paid
              c[b + 4] = c[b + 4] - paid
            end
          end
          if c[b + 4] > 0 or c[2] < ms + SLICES * length / 1000 then
            renewed[h] = true
          end
        end
      end
      counts = c[b + 2] + c[b + 4]
      -- What is reached and was not told before in this window.
      if decided and counts >= most / 100 * 50 then
        local level = counts >= most / 100 * 100 and 4 or counts >= most / 100 * 95 and 3
          or counts >= most / 100 * 80 and 2 or 1
        local present, since, told = c[b + 1], floor(c[b + 5] / 8), c[b + 5] % 8
        if length > 0 then
          told = present - since >= SLICES and 0 or told
          since = told == 0 and present or since
        else
          told = since == present and told or 0
          since = present
        end
        if level > told then
          dirty = true
          c[b + 5] = since * 8 + level
          reached = reached or {}
          for share = told + 1, level do
            local r = #reached
            reached[r + 1], reached[r + 2] = h - 1, (l - i - 2) / 4
            reached[r + 3] = share == 1 and 50 or share == 2 and 80 or share == 3 and 95 or 100
            reached[r + 4] = counts
          end
        end
      end
    end
    s = s + 1
    said[s] = counts
  end

  if dirty then
    -- An account is kept until it says nothing any more, and twice as long, so that not each call
    -- has to say so.
    local n, t = c[1], tails[h]
    local name = KEYS[a[i + 1]]
    if renewed[h] or c[2] <= ms then
      local keeps = 0
      for l = i + 2, last, 4 do
        local code, length, most, b = a[l], a[l + 1], math.max(1, a[l + 2]), a[l + 3]
        if length > 0 then
          keeps = math.max(keeps, SLICES * length / 1000 * (2 + floor(c[b + 4] / most)))
        elseif length == 0 then
          local period = code == 8 and 3600000 or (code == 10 and 31 * DAY or DAY) + 7200000
          keeps = math.max(keeps, period * (1 + floor(c[b + 2] / most)))
        end
      end
      c[2] = math.max(c[2], ms + math.min(keeps, 800 * DAY))
      t = t or tail(h, account)
    end
    local shape = n == 2 and TWO or n == 1 and ONE or '<BI6' .. string.rep('BI4I7I7I7I5', n)
    local head = pack(shape, unpack(c, 1, 2 + 6 * n))
    if t then
      for b = 3, 6 * n, 6 do
        t[(b - 3) / 6 * SLICES + 1 + c[b + 1] % SLICES] = 0
      end
      local empty = true
      for p = 1, SLICES * n do
        t[p] = t[p] or 0
        empty = empty and t[p] == 0
      end
      call('SET', name, empty and head or head .. cmsgpack.pack(t), 'PX', c[2] - ms)
    else
      call('SETRANGE', name, 0, head)
    end
  end
  i = last + 2
end

if taking and decided then
  call('SET', record, pack('<I7I3I3I3', said[2], hour, day, month), 'PX', hold)
elseif not taking then
  call('SET', record, ENDED, 'PX', hold)
end

local more = short and taking and not known and short or reached
if more then
  for m = 1, #more do
    said[s + m] = more[m]
  end
  s = s + #more
end
return pack('<' .. string.rep('d', s), unpack(said))

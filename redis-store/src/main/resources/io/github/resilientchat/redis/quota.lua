-- Accounts of callers, counted as core's ledger counts them: the words are those of its meters.
-- All numbers are whole and below 2^53, so that Lua's are exact. Reads and decides first, then
-- writes: what Redis refuses to do (no memory, a replica) it refuses as a whole.
--
-- ARGV: numbers, packed as doubles, in the order of Numbers.java; how many milliseconds the record
-- is kept; the call's name, if calls at a time are limited. KEYS: the demand's record, then for
-- each holder its account and, if calls at a time are limited, its leases.
--
-- What each call does costs a few commands, few words between Lua and C, and hardly a table. An
-- account is a head, which is all that most calls read and write:
--   number of meters, the millisecond until which Redis keeps it, then for each meter
--   code, present slice or period, sum of all slices or what is used, of it in the present slice,
--   debt, what was told (slice or period * 8 + level)
-- and a tail, of those slices that are not the present one: thirteen for each meter, by the number
-- of the slice; empty when they are. It is read when a slice has passed or a call is refused.

local call, KEYS, unpack, parse, pack = redis.call, KEYS, unpack, struct.unpack, struct.pack
local ONE = '<BI6BI4I7I7I7I5'
local TWO = '<BI6BI4I7I7I7I5BI4I7I7I7I5'
local METER, BYTES, HEAD = 'BI4I7I7I7I5', 31, 7
local SLICES, DAY, MOST_DEBT, NEVER = 13, 86400000, 2 ^ 52, 2305843009213693
local ENDED = 'e'

local packed = ARGV[1]
local a = { parse('<' .. string.rep('d', #packed / 8), packed) }
local op, now, lease, hold = a[1], a[2], a[3], ARGV[2]
if now == 0 then
  local time = call('TIME')
  now = time[1] * 1000000 + time[2]
end
local ms = (now - now % 1000) / 1000
local record = KEYS[1]

if op == 4 then -- probe
  call('SET', record, '1', 'PX', 1000)
  return ''
end

if op == 3 then -- renew
  if call('GET', record) ~= ENDED then
    for k = 2, #KEYS do
      call('ZADD', KEYS[k], ms + lease, ARGV[3])
      call('PEXPIRE', KEYS[k], lease)
    end
    call('PEXPIRE', record, hold)
  end
  return ''
end

local taking = op == 1
local tokens, money = a[4], a[5]
local at = taking and 6 or 13

-- The periods that it is now, if a limit follows the calendar.
local hour, day, month = 0, 0, 0
if a[at] > 0 then
  hour = a[at + 1] + math.floor((ms - a[at + 2]) / 3600000)
  day = a[at + 3]
  day = ms < a[at + 4] and day - 1 or ms < a[at + 5] and day or ms < a[at + 6] and day + 1 or day + 2
  month = a[at + 7]
  month = ms < a[at + 8] and month - 1 or ms < a[at + 9] and month
    or ms < a[at + 10] and month + 1 or month + 2
  at = at + 10
end
at = at + 1

local got = call('MGET', unpack(KEYS))
local known = got[1]
if known == ENDED then
  return pack('<d', 2)
end

local function tail(account)
  local from = account and HEAD + 1 + BYTES * string.byte(account)
  return from and from <= #account and cmsgpack.unpack(string.sub(account, from)) or {}
end

-- How it went, the moment and its periods, what counts against each limit, then what is short
-- (holder, limit, how long) or which shares are reached (holder, limit, share, how much).
local said, s = { 0, now, hour, day, month, 0, 0, 0, 0, 0, 0 }, 5
local short, fits, reached

-- By how much a take or an end changes requests, tokens and money; an end goes by the moment of
-- the take, and who was never taken is added.
local requests, tokenChange, moneyChange = 1, tokens, money
local takenAt, takenHour, takenDay, takenMonth
local changes = true
if known then
  takenAt, takenHour, takenDay, takenMonth = parse('<I7I3I3I3', known)
  if taking then
    changes = false
    said[2], said[3], said[4], said[5] = takenAt, takenHour, takenDay, takenMonth
  end
elseif not taking then
  takenAt, takenHour, takenDay, takenMonth = a[9], a[10], a[11], a[12]
end
if not taking then
  local taken = takenAt > 0
  requests = a[8] - (taken and 1 or 0)
  tokenChange = a[6] - (taken and tokens or 0)
  moneyChange = a[7] - (taken and money or 0)
end

-- A holder: how many limits, place of its key. A limit: code, length of a slice in microseconds (0:
-- a period, less: calls at a time), amount.
local holders = a[at]
local cells, dirty = { 0, 0, 0, 0 }, { false, false, false, false }
local tails, renewed = {}, {}
local leases
local quick = taking and not known
local i, key = at + 1, 1
for h = 1, holders do
  key = key + 1
  a[i + 1] = key
  local account = got[key]
  local c, n
  if account then
    n = string.byte(account)
    c = { parse(n == 2 and TWO or n == 1 and ONE or '<BI6' .. string.rep(METER, n), account) }
  else
    n = 0
    c = { 0, 0 }
  end
  cells[h] = c
  local b = 3
  local last = i + 1 + 3 * a[i]
  for l = i + 2, last, 3 do
    local code, length, most = a[l], a[l + 1], a[l + 2]
    local change = code <= 3 and requests or code <= 6 and tokenChange or moneyChange
    local sum = c[b + 2]
    local counts
    s = s + 1
    if length > 0 and quick and c[b] == code and not short and c[b + 4] == 0
      and sum + change < most / 100 * 50 and c[b + 1] == (now - now % length) / length
      and c[2] >= ms + SLICES * length / 1000 then
      -- Most calls: within the slice, far from the limit.
      counts = sum + change
      c[b + 2] = counts
      c[b + 3] = c[b + 3] + change
      dirty[h] = true
      b = b + 6
    elseif length < 0 then
      key = key + 1
      counts = call('ZCOUNT', KEYS[key], '(' .. string.format('%.0f', ms), '+inf')
      leases = leases or {}
      leases[#leases + 1] = key
      leases[#leases + 1] = s
      if taking and counts >= most then
        short, fits = short or {}, fits or s
        local x = #short
        short[x + 1], short[x + 2], short[x + 3] = h - 1, (l - i - 2) / 3, 1000000
      end
    else
      local present = length > 0 and (now - now % length) / length or code == 8 and hour
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
      local z = (b - 3) / 6 * SLICES + 1

      if length > 0 and c[b + 4] > 0 and c[b + 2] < most then
        -- A limit that was raised has room for what is owed.
        local paid = math.min(c[b + 4], most - c[b + 2])
        c[b + 2], c[b + 3], c[b + 4] = c[b + 2] + paid, c[b + 3] + paid, c[b + 4] - paid
      end

      local steps = present - c[b + 1]
      if steps > 0 and length > 0 then
        local t = tails[h] or tail(account)
        tails[h] = t
        local slice, sum, debt = c[b + 1], c[b + 2], c[b + 4]
        t[z + slice % SLICES] = c[b + 3]
        if debt > 0 and sum > 0 then
          -- All that leaves in a round is filled again.
          local rounds = math.min(math.floor(steps / SLICES), math.floor(debt / sum))
          debt = debt - rounds * sum
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
        c[b + 2] = (most == 0 or steps > math.floor(used / most)) and 0 or used - steps * most
        renewed[h] = true
      end

      local before = c[b + 2] + c[b + 4]
      if taking then
        local excess = before + change - most
        if excess > 0 then
          local wait
          if length == 0 then
            wait = c[b + 1] + math.floor((excess - 1) / most) + 1
          else
            -- While there is a debt, the same slices leave round after round. Under a limit of 0
            -- there may be none.
            local all, slice = c[b + 2], c[b + 1]
            local rounds = all > 0 and math.floor((excess - 1) / all) or NEVER
            if rounds > NEVER / (SLICES * length) then
              wait = NEVER
            else
              local t = tails[h] or tail(account)
              tails[h] = t
              t[z + slice % SLICES] = c[b + 3]
              local missing, passed = excess - rounds * all, 0
              while missing > 0 and passed < SLICES do
                passed = passed + 1
                missing = missing - (t[z + (slice + passed) % SLICES] or 0)
              end
              wait = (slice + rounds * SLICES + passed) * length - now
            end
          end
          short, fits = short or {}, fits or s
          local x = #short
          short[x + 1], short[x + 2], short[x + 3] = h - 1, (l - i - 2) / 3, wait
        end
      end

      if not changes or short then
        change = 0
      elseif change ~= 0 then
        dirty[h] = true
        if length == 0 then
          if change > 0
            or (code == 8 and takenHour or code == 10 and takenMonth or takenDay) == c[b + 1] then
            c[b + 2] = math.max(0, math.min(MOST_DEBT, before + change))
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
              local left, slice, taken = -change, c[b + 1], math.floor(takenAt / length)
              for from = taken, taken + 1 do
                if left > 0 and from <= slice and slice - from < SLICES then
                  local back
                  if from == slice then
                    back = math.min(left, c[b + 3])
                    c[b + 3] = c[b + 3] - back
                  else
                    local t = tails[h] or tail(account)
                    tails[h] = t
                    local p = z + from % SLICES
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
      if changes and not short and counts >= most / 100 * 50 then
        local level = counts >= most / 100 * 100 and 4 or counts >= most / 100 * 95 and 3
          or counts >= most / 100 * 80 and 2 or 1
        local since, told = math.floor(c[b + 5] / 8), c[b + 5] % 8
        if length > 0 then
          told = c[b + 1] - since >= SLICES and 0 or told
          since = told == 0 and c[b + 1] or since
        else
          told = since == c[b + 1] and told or 0
          since = c[b + 1]
        end
        if level > told then
          dirty[h] = true
          c[b + 5] = since * 8 + level
          reached = reached or {}
          for share = told + 1, level do
            local r = #reached
            reached[r + 1], reached[r + 2] = h - 1, (l - i - 2) / 3
            reached[r + 3] = share == 1 and 50 or share == 2 and 80 or share == 3 and 95 or 100
            reached[r + 4] = counts
          end
        end
      end
      b = b + 6
    end
    said[s] = counts
  end
  i = last + 1
end

local more = reached
if taking and short and changes then
  -- Nothing is taken of any.
  said[1] = 1
  more = short
  i, s = at + 1, 5
  for _ = 1, holders do
    local last = i + 1 + 3 * a[i]
    for l = i + 2, last, 3 do
      s = s + 1
      if s < fits and a[l + 1] >= 0 then
        said[s] = said[s] - (a[l] <= 3 and requests or a[l] <= 6 and tokens or money)
      end
    end
    i = last + 1
  end
elseif changes then
  for k = 1, leases and #leases or 0, 2 do
    local name, running = KEYS[leases[k]], leases[k + 1]
    if taking then
      call('ZREMRANGEBYSCORE', name, '-inf', ms)
      call('ZADD', name, ms + lease, ARGV[3])
      call('PEXPIRE', name, lease)
      said[running] = said[running] + 1
    elseif call('ZREM', name, ARGV[3]) == 1 and said[running] > 0 then
      said[running] = said[running] - 1
    end
  end

  i = at + 1
  for h = 1, holders do
    local last = i + 1 + 3 * a[i]
    if dirty[h] then
      local c, t, name = cells[h], tails[h], KEYS[a[i + 1]]
      local n = c[1]
      if renewed[h] or c[2] <= ms then
        -- An account is kept until it says nothing any more, and a window longer, so that not each
        -- call has to say so.
        local keeps = 0
        for l = i + 2, last, 3 do
          local code, length, most = a[l], a[l + 1], math.max(1, a[l + 2])
          local b = 3
          while b <= 6 * n and c[b] ~= code do
            b = b + 6
          end
          if length > 0 then
            keeps = math.max(keeps, SLICES * length / 1000 * (2 + math.floor(c[b + 4] / most)))
          elseif length == 0 then
            local period = code == 8 and 3600000 or (code == 10 and 31 * DAY or DAY) + 7200000
            keeps = math.max(keeps, period * (1 + math.floor(c[b + 2] / most)))
          end
        end
        c[2] = math.max(c[2], ms + math.min(keeps, 800 * DAY))
        t = t or tail(got[a[i + 1]])
      end
      local shape = n == 2 and TWO or n == 1 and ONE or '<BI6' .. string.rep(METER, n)
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
        call('SETRANGE', name, '0', head)
      end
    end
    i = last + 1
  end
  if taking then
    call('SET', record, pack('<I7I3I3I3', now, hour, day, month), 'PX', hold)
  else
    call('SET', record, ENDED, 'PX', hold)
  end
end

for m = 1, more and #more or 0 do
  s = s + 1
  said[s] = more[m]
end
return pack('<' .. string.rep('d', s), unpack(said))

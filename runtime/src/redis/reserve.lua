-- Takes a place in all buckets, or in none.
-- KEYS: the buckets. ARGV: how many microseconds one can wait, and of each bucket the interval in microseconds, the burst,
-- and how many places. Returns 1 and the wait in microseconds, or 0 and how long it would be.
-- A bucket is the time at which it will be full again (the generic cell rate algorithm), by the clock of the server.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local most = tonumber(ARGV[1])
local full, wait = {}, 0
for at, key in ipairs(KEYS) do
  local interval, burst, places = tonumber(ARGV[3 * at - 1]), tonumber(ARGV[3 * at]), tonumber(ARGV[3 * at + 1])
  full[at] = math.max(tonumber(redis.call('GET', key) or 0), now)
  wait = math.max(wait, full[at] + (places - burst) * interval - now)
end
wait = math.ceil(wait)
if wait > most then
  return { 0, wait }
end
for at, key in ipairs(KEYS) do
  local interval, places = tonumber(ARGV[3 * at - 1]), tonumber(ARGV[3 * at + 1])
  -- It counts from when it is sent: where one bucket makes it wait, the others are not full by then.
  local full_at = math.max(full[at], now + wait) + places * interval
  redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000) + 1000)
end
return { 1, wait }

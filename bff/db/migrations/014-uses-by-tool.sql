-- The uses of one tool, the newest or the dearest first, without reading the uses themselves. A cost
-- that grows moves its entry within the place of its time.
create index tool_uses_tool on tool_uses (name, at, cost_nano_usd);

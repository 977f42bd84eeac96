-- Settings for all conversations of an owner. A conversation's own take precedence.
create table app_settings (
  owner text primary key default 'local',
  -- Null: conversations are summarized by hand.
  summarize_above_percent integer check (summarize_above_percent between 10 and 95)
) strict;

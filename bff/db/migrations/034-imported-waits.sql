-- Set for a decision that an import has brought: it may be anyone's, so a rule is not tried out on it.
alter table waits add column imported integer not null default 0 check (imported in (0, 1));

-- What the counted request of an answer left out: null tokens: nothing.
alter table context_marks add column fitted_tokens integer;
alter table context_marks add column left_out_messages integer not null default 0;
alter table context_marks add column short_results integer not null default 0;

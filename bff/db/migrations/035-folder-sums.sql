-- The sums of a conversation name its folder, so that what a folder has spent is one range of an index. They
-- keep it when the conversation is purged: the money stays spent.
alter table conversation_totals add column folder_id text;
update conversation_totals set folder_id = coalesce(
  (select folder_id from conversations where id = conversation_totals.conversation_id),
  (select folder_id from purged_conversations p
    where p.conversation_id = conversation_totals.conversation_id));
drop table purged_conversations;

create index conversation_totals_folder on conversation_totals
  (folder_id, demo, calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
    reasoning_tokens, cost_nano_usd, certainty, unpriced_calls)
  where folder_id is not null;

create trigger conversation_totals_in_folder after insert on conversation_totals
when (select folder_id from conversations where id = new.conversation_id) is not null begin
  update conversation_totals
  set folder_id = (select folder_id from conversations where id = new.conversation_id)
  where conversation_id = new.conversation_id and demo = new.demo;
end;

create trigger conversations_moved after update of folder_id on conversations
when new.folder_id is not old.folder_id begin
  update conversation_totals set folder_id = new.folder_id where conversation_id = new.id;
end;

-- Sent with every conversation that has no instructions of its own, nor a folder with some.
alter table app_settings add column instructions text;

-- Of the page and of what the server says. Null: the one that the browser asks for.
alter table app_settings add column language text;

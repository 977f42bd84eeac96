-- A JSON array of {provider, model}, the first favorite first.
alter table app_settings add column favorite_models text not null default '[]'
  check (json_valid(favorite_models));

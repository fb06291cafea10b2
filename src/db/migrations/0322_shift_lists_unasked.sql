-- A company may say that it asks for no lists: null.
alter table huiyin.shift_rules alter column asked_since drop not null;

-- A password that was handed out is known to two people until its owner has chosen one of his own.
alter table huiyin.login add column first_password boolean not null default false;

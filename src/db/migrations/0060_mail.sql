-- Every mail that ever arrived, whole, with what became of it.
create table huiyin.mail_message (
  tenant_id text not null,
  -- SHA-256 over message id and content without trace headers: the same mail by two ways is one row.
  key bytea not null check (length(key) = 32),
  message_id text,
  sender text not null,
  subject text not null,
  received_at timestamptz not null,
  kept_at timestamptz not null,
  size bigint not null check (size >= 0),
  -- Of a mail beyond the limit only the head is kept; the rest stays in the mailbox.
  whole boolean not null,
  -- The id of the case it will begin, fixed before the attempt, so that a second attempt cannot begin another.
  new_case_id uuid not null,
  status text not null default 'kept'
    check (status in ('kept', 'case', 'addition', 'bounce', 'nothing', 'deadLetter')),
  case_id uuid,
  reason text,
  reason_zh text,
  reason_en text,
  settled_at timestamptz,
  primary key (tenant_id, key),
  check ((status in ('case', 'addition', 'bounce')) = (case_id is not null)),
  check ((status in ('nothing', 'deadLetter')) = (reason is not null))
);
create index mail_message_case on huiyin.mail_message (tenant_id, case_id, received_at) where case_id is not null;
create unique index mail_message_new_case on huiyin.mail_message (tenant_id, new_case_id);
create index mail_message_sender on huiyin.mail_message (tenant_id, sender, kept_at);
create index mail_message_open on huiyin.mail_message (tenant_id, kept_at) where status in ('kept', 'deadLetter');

create table huiyin.mail_content (
  tenant_id text not null,
  key bytea not null,
  part int not null check (part >= 0),
  bytes bytea not null,
  primary key (tenant_id, key, part),
  foreign key (tenant_id, key) references huiyin.mail_message (tenant_id, key)
);
-- Mostly base64 of what is compressed already.
alter table huiyin.mail_content alter column bytes set storage external;

-- How far each mailbox has been read.
create table huiyin.mail_box (
  tenant_id text not null,
  box text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  primary key (tenant_id, box)
);

-- What signed addresses are signed with: whoever knows an address got it from us.
create table huiyin.mail_secret (
  tenant_id text not null,
  secret bytea not null check (length(secret) = 32),
  primary key (tenant_id)
);

do $$
declare
  t text;
begin
  foreach t in array array['mail_message', 'mail_content', 'mail_box', 'mail_secret'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format(
      'create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update (status, case_id, reason, reason_zh, reason_en, settled_at) on huiyin.mail_message to huiyin_app;
grant update (uid_validity, last_uid) on huiyin.mail_box to huiyin_app;
